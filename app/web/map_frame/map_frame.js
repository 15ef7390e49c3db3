// Shows a map page in an inner frame and talks to Streamlit in its own message protocol, without any library.
//
// The inner frame is sandboxed without same-origin: whatever a name in the data may contain, it cannot reach the app.
// A changed map is loaded behind the old one and swapped in when it is drawn; centre and zoom are kept per view key.
"use strict";

const stage = document.getElementById("stage");
const views = new Map();     // view key -> {lat, lng, zoom}
let shown = null;            // the frame a person sees
let coming = null;           // the frame being loaded behind it
let args = {};
let clicks = 0;
let echoes = 0;              // answers still to come to our own "show these layers"
let height = 0;
let highest = Infinity;
let waiting = false;         // a map is to be loaded as soon as there is room for it

function tellStreamlit(type, payload) {
  window.parent.postMessage({ isStreamlitMessage: true, type: "streamlit:" + type, ...payload }, "*");
}

function tellMap(frame, message) {
  if (frame && frame.contentWindow) frame.contentWindow.postMessage(message, "*");
}

// A map measures itself when it starts, so it waits until this frame has its height.
function load(html, viewKey) {
  if (window.innerHeight < 100 || window.innerWidth < 100) {
    if (!waiting) window.setTimeout(askAgain, 300);
    waiting = true;
    return;
  }
  waiting = false;
  if (coming) coming.remove();
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-scripts allow-downloads allow-popups");
  frame.setAttribute("allow", "fullscreen");
  frame.setAttribute("title", args.label || "");
  frame.className = "waiting";
  frame.dataset.view = viewKey;
  frame.addEventListener("load", () => window.setTimeout(() => reveal(frame), 1500));
  frame.srcdoc = html;
  coming = frame;
  stage.appendChild(frame);
}

// A height asked for before Streamlit listened is lost; ask until there is room.
function askAgain() {
  if (!waiting) return;
  waiting = false;
  height = 0;
  fit();
  load(args.html, args.view_key);
}

// The map says it is ready, or has had time enough: greet it and swap it in.
function reveal(frame) {
  if (frame !== coming) return;
  const old = shown;
  shown = frame;
  coming = null;
  greet();
  window.setTimeout(() => {
    frame.classList.remove("waiting");
    if (old) old.remove();
  }, old ? 80 : 0);
}

// The layers, what lies over the map, and the view a person last had.
function greet() {
  const view = views.get(shown.dataset.view);
  echoes = 0;
  showLayers();
  layOver();
  if (view && view.key === overlayKey()) tellMap(shown, { ...view, type: "atlas:setview" });
  else find(args.focus);
}

function showLayers() {
  if (!args.layers || !shown) return;
  echoes += 1;
  tellMap(shown, { type: "atlas:show", layers: args.layers });
}

function overlayKey() {
  return args.overlay ? JSON.parse(args.overlay).key : null;
}

function layOver() {
  if (args.overlay && shown) tellMap(shown, { ...JSON.parse(args.overlay), type: "atlas:overlay" });
}

function find(focus) {
  if (focus) tellMap(shown, { type: "atlas:find", layer: focus[0], key: focus[1] });
}

function fit() {
  let place;
  try {
    place = window.frameElement.getBoundingClientRect();
  } catch (error) {
    place = { top: 0, width: 800 };
  }
  const screenHeight = window.parent.innerHeight || 768;
  const narrow = (window.parent.innerWidth || 1366) < 640;
  highest = Math.min(highest, Math.max(0, place.top + scrolled()));  // one that sticks while the page scrolls has no top of its own
  const top = highest;
  const room = narrow ? screenHeight * 0.62 : screenHeight - Math.min(top, screenHeight * 0.4) - 12;
  const wanted = Math.round(Math.max(320, Math.min(room, 1100)));
  if (wanted !== height) {
    height = wanted;
    tellStreamlit("setFrameHeight", { height: wanted });
  }
}

function scrolled() {
  const main = window.parent.document.querySelector('[data-testid="stMain"]');
  return main ? main.scrollTop : 0;
}

// People hear the frame by the map's own name, in the page's language.
function name(label) {
  document.title = label || "";
  try {
    document.documentElement.lang = window.parent.document.documentElement.lang;
    window.frameElement.title = label || "";
  } catch (error) {
    return;
  }
}

function render(received) {
  name(received.label);
  const before = args;
  const next = { ...received, html: new TextDecoder().decode(received.html) };
  args = next;
  fit();
  if (next.html !== before.html) load(next.html, next.view_key);
  else if (next.view_key !== before.view_key && shown) load(next.html, next.view_key);
  else {
    if (JSON.stringify(next.layers) !== JSON.stringify(before.layers)) showLayers();
    if (next.overlay !== before.overlay) layOver();
    if (JSON.stringify(next.focus) !== JSON.stringify(before.focus)) find(next.focus);
  }
}

function fromMap(frame, message) {
  if (message.type === "atlas:ready") return frame === shown ? greet() : reveal(frame);  // a slow one heard nothing yet
  if (frame !== shown) return;
  if (message.type === "atlas:view") {
    views.set(frame.dataset.view, { lat: message.lat, lng: message.lng, zoom: message.zoom, key: overlayKey() });
    return;
  }
  if (message.type === "atlas:layers") {
    if (echoes > 0) { echoes -= 1; return; }
    args = { ...args, layers: message.layers };
  } else if (message.type !== "atlas:township" && message.type !== "atlas:open" && message.type !== "atlas:drawn") return;
  clicks += 1;
  tellStreamlit("setComponentValue", { value: { ...message, click: clicks }, dataType: "json" });
}

window.addEventListener("message", (event) => {
  const message = event.data;
  if (!message || typeof message.type !== "string") return;
  if (event.source === window.parent && message.type === "streamlit:render") render(message.args);
  for (const frame of [shown, coming])
    if (frame && event.source === frame.contentWindow) fromMap(frame, message);
});

window.parent.addEventListener("resize", fit);
window.addEventListener("resize", () => { if (waiting) load(args.html, args.view_key); });
tellStreamlit("componentReady", { apiVersion: 1 });
fit();
