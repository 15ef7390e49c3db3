// Point symbols of different shape, drawn on Leaflet's canvas and, alike, as SVG swatches in the legend.
(function () {
  function corners(count, turn, inner) {
    var points = [], steps = inner ? count * 2 : count;
    for (var i = 0; i < steps; i++) {
      var angle = turn + 2 * Math.PI * i / steps, radius = inner && i % 2 ? inner : 1.15;
      points.push([radius * Math.cos(angle), radius * Math.sin(angle)]);
    }
    return points;
  }
  var UP = -Math.PI / 2, C = 0.38;
  var SHAPES = {
    square: [[-0.92, -0.92], [0.92, -0.92], [0.92, 0.92], [-0.92, 0.92]],
    diamond: [[0, -1.25], [1.1, 0], [0, 1.25], [-1.1, 0]],
    triangle: [[0, -1.2], [1.15, 0.85], [-1.15, 0.85]],
    wedge: [[0, 1.2], [1.15, -0.85], [-1.15, -0.85]],
    pentagon: corners(5, UP),
    hexagon: corners(6, 0),
    star: corners(5, UP, 0.5),
    cross: [[-C, -1.15], [C, -1.15], [C, -C], [1.15, -C], [1.15, C], [C, C], [C, 1.15], [-C, 1.15], [-C, C],
      [-1.15, C], [-1.15, -C], [-C, -C]],
    drop: [[0, -1.45], [0.55, -0.55], [0.9, 0.2], [0.75, 0.85], [0.3, 1.15], [-0.3, 1.15], [-0.75, 0.85], [-0.9, 0.2],
      [-0.55, -0.55]]
  };

  Atlas.Symbol = L.CircleMarker.extend({
    _updatePath: function () {
      var renderer = this._renderer, context = renderer._ctx, points = SHAPES[this.options.shape];
      if (!points) { renderer._updateCircle(this); return; }
      if (!renderer._drawing || this._empty()) return;
      var at = this._point, size = this._radius;
      context.beginPath();
      points.forEach(function (p, i) { context[i ? "lineTo" : "moveTo"](at.x + p[0] * size, at.y + p[1] * size); });
      context.closePath();
      renderer._fillStroke(context, this);
    }
  });

  // An area too small to be seen or hit at this zoom is drawn as a small square.
  Atlas.Area = L.Polygon.extend({
    _updatePath: function () {
      var renderer = this._renderer, box = this._rawPxBounds, least = 8, context = renderer._ctx;
      if (!box || !renderer._drawing || Math.max(box.getSize().x, box.getSize().y) >= least) {
        renderer._updatePoly(this, true);
        return;
      }
      var middle = box.getCenter();
      context.beginPath();
      context.rect(middle.x - least / 2, middle.y - least / 2, least, least);
      renderer._fillStroke(context, this);
    }
  });

  Atlas.pathOptions = function (style, page) {
    return {
      renderer: page.canvas, color: style.stroke, weight: style.weight, opacity: 1, shape: style.shape,
      radius: style.size * page.enlarge, fill: style.fillShare > 0, fillColor: style.fill, fillOpacity: style.fillShare,
      dashArray: style.dash.length ? style.dash.join(" ") : null, bubblingMouseEvents: false
    };
  };

  // A hatch that canvas takes as a fill: the sign for "not known".
  Atlas.hatch = function (colour) {
    var tile = document.createElement("canvas");
    tile.width = tile.height = 8;
    var pen = tile.getContext("2d");
    pen.fillStyle = "#F4F5F5";
    pen.fillRect(0, 0, 8, 8);
    pen.strokeStyle = colour;
    pen.lineWidth = 1.2;
    [-4, 4].forEach(function (x) {
      pen.beginPath();
      pen.moveTo(x, 8);
      pen.lineTo(x + 8, 0);
      pen.moveTo(x + 4, 12);
      pen.lineTo(x + 12, 4);
      pen.stroke();
    });
    return pen.createPattern(tile, "repeat");
  };

  // The same symbol as a small drawing for legend, switches and search results.
  Atlas.swatch = function (geometry, style) {
    var drawn, line = { stroke: style.stroke, "stroke-width": Math.min(style.weight, 3), fill: "none" };
    if (style.dash && style.dash.length) line["stroke-dasharray"] = style.dash.join(" ");
    if (geometry === "line") {
      drawn = [Atlas.svg("path", Object.assign(line, { d: "M1 10 C8 3 15 15 25 6" }))];
    } else if (geometry === "polygon") {
      line.fill = style.fill;
      line["fill-opacity"] = style.fillShare;
      drawn = [Atlas.svg("rect", Object.assign(line, { x: 2, y: 2.5, width: 22, height: 11, rx: 1.5 }))];
    } else {
      var size = Math.min(style.size, 6), fill = { fill: style.fill, stroke: style.stroke, "stroke-width": 0.8 };
      var points = SHAPES[style.shape];
      drawn = [points
        ? Atlas.svg("polygon", Object.assign(fill, { points: points.map(function (p) {
            return (13 + p[0] * size).toFixed(1) + "," + (8 + p[1] * size).toFixed(1);
          }).join(" ") }))
        : Atlas.svg("circle", Object.assign(fill, { cx: 13, cy: 8, r: size }))];
    }
    return Atlas.svg("svg", { width: 26, height: 16, viewBox: "0 0 26 16", "aria-hidden": "true", class: "swatch" }, drawn);
  };
})();
