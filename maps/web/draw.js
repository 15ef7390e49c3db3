// Drawing a site: an area, a line or a point, by clicks or by keyboard; the finished shape is told to the host.
(function () {
  var SIGNS = {
    polygon: "M3 5.5 10 2.5l6 5-3 8H5z", line: "M2.5 14 7 6l5 5 4-8", point: "M9 2.5a4.6 4.6 0 0 1 4.6 4.6c0 3.2-4.6 8.6-4.6 8.6S4.4 10.3 4.4 7.1A4.6 4.6 0 0 1 9 2.5z"
  };
  var LEAST = { polygon: 3, line: 2, point: 1 };
  var LOOK = { interactive: false, color: "#8C3B2E", weight: 2.6 };

  function geometry(kind, points) {
    var places = points.map(function (p) { return [+p.lng.toFixed(7), +p.lat.toFixed(7)]; });
    if (kind === "point") return { type: "Point", coordinates: places[0] };
    if (kind === "line") return { type: "LineString", coordinates: places };
    return { type: "Polygon", coordinates: [places.concat([places[0]])] };
  }

  Atlas.draw = function (page) {
    if (!page.data.draw) return;
    var map = page.map, words = page.words, usual = page.measureAt, kind = null, points = [], buttons = {};
    var marks = L.layerGroup(), out = Atlas.el("div", { class: "result drawing", role: "status", "aria-live": "polite" });
    var bar = Atlas.el("div", { class: "tools draw", role: "toolbar", "aria-label": words.draw });

    function act(label, done) { return Atlas.el("button", { type: "button", class: "step", onclick: done }, [label]); }

    function say() {
      var lines = [words["draw_help_" + kind]];
      if (kind === "polygon" && points.length > 2) lines = [size()];
      if (kind === "line" && points.length > 1) lines = [length()];
      var ways = [];
      if (points.length >= LEAST[kind] && kind !== "point") ways.push(act(words.draw_done, finish));
      if (points.length) ways.push(act(words.draw_undo, undo));
      ways.push(act(words.draw_cancel, stop));
      out.replaceChildren.apply(out, lines.map(function (line) { return Atlas.el("p", {}, [line]); })
        .concat([Atlas.el("div", { class: "steps" }, ways)]));
    }
    function size() {
      var area = Atlas.areaM2(points);
      return Atlas.say(words, "draw_area", { value: (area / 1e4).toFixed(2), mu: (area * 15 / 1e4).toFixed(1) });
    }
    function length() { return Atlas.say(words, "measured_length", { value: Math.round(Atlas.lengthM(points)) + " m" }); }
    function show() {
      marks.clearLayers();
      if (kind === "polygon" && points.length > 2) marks.addLayer(L.polygon(points, Object.assign({ fillOpacity: 0.12 }, LOOK)));
      else if (points.length > 1) marks.addLayer(L.polyline(points, LOOK));
      points.forEach(function (p) {
        marks.addLayer(L.circleMarker(p, Object.assign({}, LOOK, { radius: 4, fillColor: "#fff", fillOpacity: 1 })));
      });
      say();
    }
    function nearFirst(place) {
      return points.length >= 3 && map.latLngToContainerPoint(place).distanceTo(map.latLngToContainerPoint(points[0])) < 12;
    }
    function add(place) {
      if (kind === "polygon" && nearFirst(place)) { finish(); return; }
      points.push(place);
      if (kind === "point") finish(); else show();
    }
    function clicked(event) { if (event.latlng) add(event.latlng); }
    function undo() { points.pop(); show(); }
    function finish() {
      if (!kind || points.length < LEAST[kind]) return;
      var shape = geometry(kind, points);
      stop();
      page.tell({ type: "atlas:drawn", geojson: shape });
    }
    // The second click of a double click has already set a place on top of the last one.
    function doubled(event) {
      L.DomEvent.stop(event);
      var last = points[points.length - 1], before = points[points.length - 2];
      if (before && map.latLngToContainerPoint(last).distanceTo(map.latLngToContainerPoint(before)) < 6) points.pop();
      finish();
    }
    function key(event) {
      if (event.key === "Escape") stop();
      if (event.key === "Backspace") { undo(); event.preventDefault(); }
      if (event.key === "Enter" && event.target === map.getContainer()) add(map.getCenter());
    }
    function stop() { set(null); }
    function set(next) {
      var measuring = document.querySelector('.tool[aria-pressed="true"]:not(.pen)');
      if (next && page.measuring && measuring && !kind) measuring.click();
      kind = next;
      points = [];
      page.measuring = Boolean(kind);
      page.measureAt = kind ? clicked : usual;
      Object.keys(buttons).forEach(function (name) { buttons[name].setAttribute("aria-pressed", String(name === kind)); });
      document.body.classList.toggle("measuring", Boolean(kind));
      document.body.classList.toggle("drawing", Boolean(kind));
      map[kind ? "addLayer" : "removeLayer"](marks);
      ["click", "dblclick"].forEach(function (name) { map.off(name, name === "click" ? clicked : doubled); });
      if (kind) map.on("click", clicked).on("dblclick", doubled);
      map.doubleClickZoom[kind ? "disable" : "enable"]();
      document[kind ? "addEventListener" : "removeEventListener"]("keydown", key);
      out.hidden = !kind;
      if (kind) { map.closePopup(); show(); map.getContainer().focus({ preventScroll: true }); }
    }

    Object.keys(SIGNS).forEach(function (name) {
      buttons[name] = Atlas.el("button", { type: "button", class: "tool pen", "aria-pressed": "false", title: words["draw_" + name],
        onclick: function () { set(kind === name ? null : name); } }, [
        Atlas.svg("svg", { width: 18, height: 18, viewBox: "0 0 18 18", "aria-hidden": "true" }, [
          Atlas.svg("path", { d: SIGNS[name], fill: "none", stroke: "currentColor", "stroke-width": 1.6, "stroke-linejoin": "round" })]),
        Atlas.el("span", {}, [words["draw_" + name]])]);
      bar.append(buttons[name]);
    });
    page.left.append(bar, out);
    out.hidden = true;
  };
})();
