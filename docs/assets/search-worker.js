// Stands before the theme's search, which is named after the question mark: fetches it when a
// reader searches, and takes what people paste for words, not for lunr's operators.
{
  const here = new URL(globalThis.document?.currentScript.src ?? location.href); // on disk, a frame
  const search = new URL(`javascripts/workers/${here.search.slice(1)}`, here).href;
  // "-inf" is a number, not "no page with inf"; "ValueError: x" names no field
  const words = (query) => query.replace(/[:^~]/g, " ").replace(/(^|\s)-+/g, "$1");
  const QUERY = 2;
  let loaded;
  const first = (event) => {
    event.stopImmediatePropagation();
    const { type, data } = event.data;
    const message = { type, data: type === QUERY ? words(data) : data };
    (loaded ??= Promise.resolve(importScripts(search))).then(() => {
      const again = new MessageEvent("message", { data: message });
      again.passed = true;
      dispatchEvent(again);
    });
  };
  addEventListener("message", (event) => { event.passed || first(event); });
}
