// Names with a halo that never cover one another; the more important one stays.
(function () {
  function width(text, size) {
    var sum = 0;
    for (var i = 0; i < text.length; i++) sum += text.charCodeAt(i) > 0x2e7f ? size : size * 0.56;
    return sum;
  }

  // A name short enough to stand on the map; the whole one is in the tooltip and in the search.
  Atlas.brief = function (name) {
    var n = name.length;
    while (width(name.slice(0, n), 1) > 12) n -= 1;
    return n < name.length ? name.slice(0, n) + "…" : name;
  };

  // `candidates(bounds)` yields {lines, at, kind, size, side}, most important first.
  Atlas.labels = function (page, candidates) {
    var map = page.map, pane = map.createPane("names");
    pane.style.zIndex = 620;
    pane.style.pointerEvents = "none";

    function box(label, lines) {
      var at = map.latLngToLayerPoint(label.at), high = label.size * 1.25 * lines.length;
      var wide = Math.max.apply(null, lines.map(function (line) { return width(line, label.size); }));
      var left = label.side ? at.x + 8 : at.x - wide / 2, top = at.y - high / 2;
      return [left - 2, top - 1, left + wide + 2, top + high + 1];
    }

    function free(wanted, taken, own) {
      return !taken.some(function (t) {
        return t !== own && wanted[0] < t[2] && wanted[2] > t[0] && wanted[1] < t[3] && wanted[3] > t[1];
      });
    }

    // Every name gets its first line where it covers no other; further lines come only where there is room left.
    function place() {
      var view = map.getBounds().pad(0.02), taken = Atlas.covered(map), most = page.narrow ? 40 : 110, placed = [];
      pane.replaceChildren();
      candidates(view).some(function (label) {
        label.size *= page.enlarge;
        var lines = label.lines.slice(0, 1), wanted = box(label, lines);
        if (!free(wanted, taken)) return false;
        taken.push(wanted);
        placed.push({ label: label, lines: lines, box: wanted });
        return --most <= 0;
      });
      placed.forEach(function (name) {
        var wanted = name.label.lines.length > 1 && box(name.label, name.label.lines);
        if (wanted && free(wanted, taken, name.box)) {
          taken[taken.indexOf(name.box)] = wanted;
          name.lines = name.label.lines;
          name.box = wanted;
        }
        write(name.label, name.lines, name.box);
      });
    }

    function write(label, lines, box) {
      var node = Atlas.el("div", { class: "name " + label.kind }, lines.map(function (line) { return Atlas.el("div", {}, [line]); }));
      node.style.fontSize = label.size + "px";
      node.style.left = box[0] + "px";
      node.style.top = box[1] + "px";
      node.style.width = Math.ceil(box[2] - box[0]) + 2 + "px";
      pane.append(node);
    }
    map.on("moveend zoomend", place);
    map.on("zoomstart", function () { pane.replaceChildren(); });
    page.placeLabels = place;
  };

  // The boxes of title, search, panels and foot in layer pixels: no name may hide under them.
  Atlas.covered = function (map) {
    var origin = map.containerPointToLayerPoint([0, 0]);
    return Array.prototype.map.call(document.querySelectorAll(".column > *, footer, footer .scale"), function (node) {
      var box = node.getBoundingClientRect();
      return [box.left + origin.x, box.top + origin.y, box.right + origin.x, box.bottom + origin.y];
    });
  };

  // Where to write the name of an area of which only a part is seen: the seen sample nearest to the seen middle.
  Atlas.seenMiddle = function (shape, view, map) {
    var boxes = Atlas.covered(map);
    function free(point) {
      var at = map.latLngToLayerPoint(point);
      return !boxes.some(function (b) { return at.x > b[0] - 32 && at.x < b[2] + 32 && at.y > b[1] - 10 && at.y < b[3] + 10; });
    }
    var south = view.getSouth(), west = view.getWest(), high = view.getNorth() - south, wide = view.getEast() - west, seen = [];
    for (var i = 0; i < 14; i++) for (var j = 0; j < 12; j++) {
      var point = [south + high * (0.06 + 0.88 * j / 11), west + wide * (0.06 + 0.88 * i / 13)];
      if (Atlas.inside(shape, point) && free(point)) seen.push(point);
    }
    if (!seen.length) return null;
    var lat = 0, lng = 0;
    seen.forEach(function (p) { lat += p[0] / seen.length; lng += p[1] / seen.length; });
    return seen.reduce(function (best, p) {
      function far(q) { return Math.pow((q[0] - lat) / high, 2) + Math.pow((q[1] - lng) / wide, 2); }
      return far(p) < far(best) ? p : best;
    });
  };
})();
