// The land under the data: our own relief picture, or Tianditu where a key was given.
(function () {
  function tianditu(page, kind) {
    return L.tileLayer("https://t{s}.tianditu.gov.cn/" + kind + "_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=" + kind +
      "&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk=" +
      encodeURIComponent(page.data.tianditu), { subdomains: "01234567", maxZoom: 18, opacity: 0.85 });
  }

  // A pale veil over everything but the given features.
  Atlas.dim = function (page, shapes, opacity) {
    var rings = [[[-85, -180], [-85, 180], [85, 180], [85, -180]]];
    shapes.forEach(function (shape) { shape.forEach(function (part) { rings.push(part[0]); }); });
    L.polygon(rings, { renderer: page.canvas, stroke: false, fillColor: "#F3F5F5", fillOpacity: opacity, interactive: false })
      .addTo(page.map);
  };

  Atlas.land = function (page) {
    var data = page.data, map = page.map, choices = [];
    map.getContainer().classList.add("land");
    if (data.picture) {
      var b = data.picture.bounds, pane = map.createPane("relief");
      pane.style.zIndex = 150;
      choices.push({ name: page.words.relief, layer: L.imageOverlay(data.picture.address, [[b[1], b[0]], [b[3], b[2]]],
        { pane: "relief", alt: page.words.relief }), on: true });
    }
    if (data.tianditu) {
      choices.push({ name: page.words.tianditu, layer: L.layerGroup([tianditu(page, "vec"), tianditu(page, "cva")]), on: false });
    }
    choices.forEach(function (choice) { if (choice.on) choice.layer.addTo(map); });
    page.baseSwitches = function () {
      var lines = choices.map(function (choice) {
        var box = Atlas.el("input", { type: "checkbox", onchange: function () {
          if (box.checked) choice.layer.addTo(map); else choice.layer.remove();
        } });
        box.checked = choice.on;
        return Atlas.el("label", {}, [box, Atlas.el("span", {}, [choice.name])]);
      });
      return lines.length ? Atlas.el("details", {}, [Atlas.el("summary", {}, [page.words.land])].concat(lines)) : "";
    };
  };
})();
