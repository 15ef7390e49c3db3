// The layers of a township: built from packed text when first shown, stacked areas under lines under points.
(function () {
  var RANK = { polygon: 0, line: 1, point: 2 };

  // The rows of a layer out of its columns (maps/look/rows.py): one value for all, few with an index, or a list.
  function rowsOf(part) {
    if (!part) return [];
    var rows = [];
    for (var n = 0; n < part.n; n++) {
      rows.push(part.c.map(function (column) {
        if (Array.isArray(column)) return column[n];
        return column !== null && typeof column === "object" ? column.u[column.i[n]] : column;
      }));
    }
    return rows;
  }

  function styleOf(header, row) {
    var code = header.symbol === null ? null : row[header.symbol];
    var found = header.symbols.find(function (symbol) { return symbol.code === code; });
    return found ? found.style : header.style;
  }

  function drawn(header, shape, style, page) {
    var options = Atlas.pathOptions(style, page);
    if (header.geometry === "point") return new Atlas.Symbol(shape[0][0][0], options);
    if (header.geometry === "line") return L.polyline(shape.map(function (part) { return part[0]; }), options);
    return new Atlas.Area(shape, options);
  }

  function Layer(page, id) {
    this.page = page;
    this.id = id;
    this.header = page.data.layers[id];
    this.rows = rowsOf(page.data.data[id]);
    this.header.symbols.forEach(function (symbol) { symbol.style = Object.assign({}, this.header.style, symbol.style); }, this);
    this.shown = false;
    this.paths = null;
    this.group = L.layerGroup();
  }

  Layer.prototype = {
    name: function (n) {
      var value = this.header.label === null ? null : this.rows[n][this.header.label];
      return value || this.key(n) || this.header.name;
    },
    key: function (n) { return this.header.key === null ? null : this.rows[n][this.header.key]; },
    style: function (n) { return styleOf(this.header, this.rows[n]); },
    build: function () {
      if (this.paths || !this.rows.length) return;
      var self = this;
      this.shapes = Atlas.unpack(this.page.data.data[this.id].g);
      this.paths = this.shapes.map(function (shape, n) {
        var path = drawn(self.header, shape, self.style(n), self.page);
        path.on("click", function (event) { Atlas.openCard(self.page, self, n, event.latlng); });
        self.group.addLayer(path);
        return path;
      });
    },
    show: function (wanted) {
      this.shown = wanted;
      if (wanted) { this.build(); this.group.addTo(this.page.map); } else { this.group.remove(); }
    },
    bounds: function (n) {
      this.build();
      var path = this.paths[n];
      return path.getBounds ? path.getBounds() : L.latLngBounds([path.getLatLng()]);
    }
  };

  Atlas.layers = function (page) {
    page.layers = {};
    page.order = [];
    page.data.themes.forEach(function (theme) {
      theme.layers.forEach(function (id) { page.layers[id] = new Layer(page, id); page.order.push(page.layers[id]); });
    });
    page.changed = [];
    page.show = function (ids, wanted, quietly) {
      ids.forEach(function (id) { if (page.layers[id]) page.layers[id].show(wanted); });
      page.order.filter(function (layer) { return layer.shown; }).sort(function (a, b) {
        return RANK[a.header.geometry] - RANK[b.header.geometry];
      }).forEach(function (layer) { layer.group.eachLayer(function (path) { path.bringToFront(); }); });
      page.changed.forEach(function (listen) { listen(quietly); });
    };
    page.shownIds = function () {
      return page.order.filter(function (layer) { return layer.shown; }).map(function (layer) { return layer.id; });
    };
    page.find = function (id, key) {
      var layer = page.layers[id];
      if (!layer) return false;
      for (var n = 0; n < layer.rows.length; n++) if (layer.key(n) === key) { page.goTo(layer, n); return true; }
      return false;
    };
    page.goTo = function (layer, n) {
      if (!layer.shown) page.show([layer.id], true);
      var box = layer.bounds(n);
      page.map.fitBounds(box, { maxZoom: Math.max(page.map.getZoom(), 14), padding: [60, 60], animate: false });
      var path = layer.paths[n];
      Atlas.openCard(page, layer, n, path.getLatLng ? path.getLatLng() : Atlas.anchor(layer, n));
    };
  };

  // A place on the feature itself for its card and label: mid-way along a line, the middle of an area.
  Atlas.anchor = function (layer, n) {
    var longest = layer.shapes[n].reduce(function (a, b) { return b[0].length > a[0].length ? b : a; })[0];
    if (layer.header.geometry === "polygon") {
      var centre = L.latLngBounds(longest).getCenter();
      if (Atlas.inside(layer.shapes[n], [centre.lat, centre.lng])) return centre;
    }
    return L.latLng(longest[Math.floor(longest.length / 2)]);
  };
})();
