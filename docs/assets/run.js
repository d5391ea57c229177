// Run, edit, stop and reset the programs of a page. Nothing is fetched before the first Run.
(() => {
  const LIMIT = 20; // seconds a program may take
  const assets = new URL(".", document.currentScript.src);
  const { pyodide, wheel } = document.querySelector("meta[name=lossref-run]").dataset;
  const version = wheel.split("/").at(-2);
  let worker, current; // `current`: what to do with the messages of the program that runs

  function boot() {
    const mine = worker = new Worker(new URL(`run-worker.js?${version}`, assets), { type: "module" });
    const fail = (reason, refused) => {
      quit();
      current?.failed(reason, refused);
    };
    worker.onmessage = ({ data }) => {
      if (mine !== worker) return; // from a worker that was stopped
      data.type === "failed" ? fail(data.reason, data.refused) : current?.[data.type](data);
    };
    worker.onerror = (event) => { event.preventDefault(); if (mine === worker) fail(event.message ?? ""); };
    worker.postMessage({ boot: {
      pyodide: new URL(pyodide, new URL("..", assets)).href, assets: assets.href, version,
      wheel: new URL(wheel, new URL("..", assets)).href,
    } });
  }
  function quit() {
    worker?.terminate();
    worker = undefined;
  }

  // what a reader changed is kept in this browser
  function stored(key, text) {
    try {
      if (text === undefined) return localStorage.getItem(key);
      text === null ? localStorage.removeItem(key) : localStorage.setItem(key, text);
    } catch { /* storage is switched off: the change lasts as long as the page */ }
    return null;
  }

  const colors = () => {
    const style = getComputedStyle(document.body);
    return Object.fromEntries(["blue", "orange", "green", "purple", "gray", "grid", "paper", "ink"].map(
      (name) => [`fig-${name}`, style.getPropertyValue(`--fig-${name}`).trim().slice(1)]));
  };

  function element(tag, properties, ...children) {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  }

  function setup(bar) {
    const box = bar.closest("[data-snippet]"), block = bar.previousElementSibling;
    const name = box.dataset.snippet, key = `lossref:${name}`;
    const original = block.querySelector("code").textContent;
    const shown = bar.nextElementSibling?.matches(".language-text") ? bar.nextElementSibling : null;

    const button = (text, onclick) => {
      const made = element("button", { type: "button", className: "md-button", onclick });
      made.say = (word) => { made.textContent = word; made.setAttribute("aria-label", `${word} ${name}.py`); };
      made.say(text);
      return made;
    };
    let again = ""; // the check that was asked for when Python could not be loaded
    const run = button("Run", () => current?.box === box ? current.stop("Stopped.") : go(again));
    const check = box.querySelector("template.check")?.content.textContent;
    const test = check ? [button("Check", () => go(check))] : []; // an exercise
    const edit = button("Edit", () => { change(original); area.focus(); });
    const reset = button("Reset", () => {
      if (current?.box === box) current.stop("");
      stored(key, null);
      change(null);
      panel.hidden = true;
      if (shown) shown.hidden = false;
      status.textContent = "The original program is back.";
      edit.focus();
    });
    const status = element("span", { className: "run-status" });
    status.setAttribute("role", "status");
    const progress = element("progress", { hidden: true });
    progress.setAttribute("aria-label", "Loading Python");
    bar.prepend(run, ...test, edit, reset, progress, status);

    const area = element("textarea", { hidden: true, spellcheck: false, wrap: "off", autocapitalize: "off" });
    area.setAttribute("aria-label", `Program ${name}.py; Control and Enter runs it`);
    area.oninput = () => { fit(); stored(key, area.value === original ? null : area.value); };
    area.onkeydown = (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      go();
    };
    const fit = () => { area.rows = Math.min(area.value.split("\n").length, 40); };
    bar.before(area);
    function change(text) {
      const editing = text !== null;
      area.hidden = edit.hidden = block.hidden = editing;
      area.hidden = reset.hidden = !editing;
      if (editing) { area.value = text; fit(); }
    }
    change(stored(key));

    const code = element("code", {});
    code.setAttribute("aria-live", "polite");
    const figures = element("div", { className: "run-figures" });
    const panel = element("div", { className: "highlight run-output", hidden: true },
      element("span", { className: "filename", textContent: "Output of your run" }),
      element("pre", { tabIndex: 0 }, code), figures);
    bar.after(panel);

    function go(check = "") {
      current?.stop("Stopped, because another program was started.");
      let timer, started = false;
      again = "";
      const end = (text) => {
        clearTimeout(timer);
        current = undefined;
        progress.hidden = true;
        run.say("Run");
        status.textContent = text;
        panel.removeAttribute("aria-busy");
      };
      current = {
        box,
        stop(text) { quit(); boot(); end(text); },
        progress({ share }) { progress.hidden = false; progress.value = share; },
        start() {
          started = true;
          progress.hidden = true;
          status.textContent = "Running…";
          timer = setTimeout(() => current.stop(`Stopped: it took longer than ${LIMIT} seconds.`), LIMIT * 1000);
        },
        out({ text, error }) { code.append(error ? element("span", { className: "run-error", textContent: text }) : text); },
        figure({ png, alt, width }) { figures.append(element("img", { src: URL.createObjectURL(png), alt, width })); },
        done({ fine, seconds }) { end(check ? (fine ? "All checks passed." : "Not yet.") : fine ? `Finished in ${seconds.toFixed(2)} s.` : "Ended with an error."); },
        failed(reason, refused) {
          const { host } = new URL(pyodide, assets);
          end(started ? "Python broke down, perhaps out of memory. The next run starts it anew."
            : refused ? `Refused: ${refused} from ${host} is not the file that this page was tested with.`
            : location.protocol === "file:" ? "A page that is read from disk cannot start Python. It runs on the web: lossref.github.io/lossref."
            : `Python could not be loaded from ${host}. Check the connection and try again.`);
          run.say("Try again");
          again = check;
          status.title = reason;
        },
      };
      code.replaceChildren();
      for (const image of figures.children) URL.revokeObjectURL(image.src);
      figures.replaceChildren();
      panel.hidden = false;
      panel.setAttribute("aria-busy", "true");
      if (shown) shown.hidden = true;
      run.say("Stop");
      status.removeAttribute("title");
      status.textContent = worker ? "Starting…" : "Loading Python, about 9 MB the first time…";
      if (!worker) boot();
      worker.postMessage({ code: area.hidden ? original : area.value, name: `${name.split("/")[1]}.py`, colors: colors(), check });
    }
  }

  const begin = () => document.querySelectorAll(".run-bar").forEach((bar) => bar.querySelector("button") || setup(bar));
  document$.subscribe(() => {
    current?.stop(""); // its page is gone, and its time-out must not hit the next program
    begin();
  });
  document.addEventListener("later", begin); // programs that were fetched, see site.js
})();
