// Python in a worker of its own: the page stays responsive, and Stop can end it at any moment.

// Pyodide's own files: digest and megabytes on the line. They are those of the npm package
// pyodide@0.27.7; the packages are checked against pyodide-lock.json by Pyodide itself.
const CORE = {
  "pyodide.mjs": ["sha384-z8L8kZDaddEtk+VNtmPcXLY83XSVlBjlabpCtT6GghMW3jSyzOEzNsL9BiKsfjcL", 0.01],
  "pyodide.asm.js": ["sha384-J3SxzZJh4tkb2bgoUc72zArF45FJ+ngsbiqNsmxqkkecNVpZ/bUHAM0JMp+YPVpx", 0.3],
  "pyodide.asm.wasm": ["sha384-wDap6JvXxf3C8g5beY3kd1xMIjAtw/oTKjTqGltdxc+B9VXnYyYBoM7hveNKilxM", 3.2],
  "python_stdlib.zip": ["sha384-VLeJs79hxVEBNt1hRU5Wo7VmBcyb4sdW564EJAvEWDin3Aa3QXLHm3E5mOg2GiFH", 2.4],
};
const QUIET = { messageCallback() {} };

const fetchAny = self.fetch.bind(self);
const sizes = {};
let wanted = 0, loaded = 0;
const expect = (name, size) => { sizes[name] = size; wanted += size; };

// Python itself is asked for at once and has the line for itself; the packages come while it starts
const core = {};
const here = () => Promise.all(Object.values(core));
let broken, refused; // Pyodide goes on without what does not come: the error, the file

// every fetch, Pyodide's too: with its digest, and counted
self.fetch = async (resource, options) => {
  const name = new URL(resource.url ?? resource, self.location).pathname.split("/").pop();
  if (core[name]) return core[name];
  const integrity = CORE[name]?.[0];
  try {
    if (sizes[name] && !integrity) await here();
    const response = await fetchAny(resource, integrity ? { ...options, integrity } : options);
    if (!response.ok) throw new Error(`${response.status} ${name}`);
    loaded += sizes[name] ?? 0;
    postMessage({ type: "progress", share: loaded / wanted });
    return response;
  } catch (error) {
    broken ??= error;
    const there = await fetchAny(resource, { method: "HEAD" });
    if (there.ok) refused ??= name; // it came, and with another digest
    throw error;
  }
};

async function script(url) {
  const text = await (await fetch(url)).arrayBuffer();
  return import(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
}

async function boot({ pyodide, assets, wheel, version }) {
  for (const [name, [, size]] of Object.entries(CORE)) {
    expect(name, size);
    core[name] = fetch(new URL(name, pyodide));
    core[name].catch(() => {}); // who waits for it hears of it, and the first to fail ends the rest
  }
  const own = (name) => new URL(`${name}?${version}`, assets).href;
  const [lock, runner] = await Promise.all(
    ["pyodide-lock.json", "run.py"].map(async (name) => (await fetch(own(name))).text()));
  const packages = JSON.parse(lock).packages;
  const size = (name) => expect(packages[name].file_name, packages[name].bytes / 1e6);
  size("numpy");
  const [{ loadPyodide }] = await Promise.all(
    ["pyodide.mjs", "pyodide.asm.js"].map((name) => script(new URL(name, pyodide).href)));
  const [python] = await Promise.all([loadPyodide({
    indexURL: pyodide, lockFileURL: own("pyodide-lock.json"), packages: ["numpy", wheel], ...QUIET,
  }), here()]); // Pyodide would wait for ever for a file that was refused
  if (broken) throw broken;
  python.FS.writeFile("/home/pyodide/run.py", runner);
  const { run, matplotlib } = python.pyimport("run");
  return { python, run, own, matplotlib, plot() {
    wanted = loaded = 0;
    Object.keys(packages).filter((name) => name !== "numpy").forEach(size);
  } };
}

let ready, styled;
async function execute({ code, name, colors, check }) {
  const { python, run, own, matplotlib, plot } = await ready;
  let style = "";
  if (/^\s*(import|from)\s+matplotlib\b/m.test(code)) {
    if (!python.loadedPackages.matplotlib) {
      plot();
      styled = (await fetch(own("figures.mplstyle"))).text();
      await python.loadPackage("matplotlib", QUIET);
      if (broken) throw broken;
      matplotlib(); // before the time of the program begins
    }
    style = "/home/pyodide/figures.mplstyle";
    python.FS.writeFile(style, (await styled).replace(/var\(--([\w-]+)\)/g, (_, key) => colors[key]));
  }
  postMessage({ type: "start" });
  const begin = performance.now();
  const fine = run(code, name, style,
    (text, error) => postMessage({ type: "out", text, error }),
    (png, alt, width) => {
      const bytes = png.toJs();
      png.destroy();
      postMessage({ type: "figure", png: new Blob([bytes], { type: "image/png" }), alt, width });
    }, check);
  postMessage({ type: "done", fine, seconds: (performance.now() - begin) / 1000 });
}

onmessage = async ({ data }) => {
  try {
    if (data.boot) {
      ready = boot(data.boot);
      await ready;
    } else await execute(data);
  } catch (error) {
    postMessage({ type: "failed", reason: String(error), refused });
  }
};
