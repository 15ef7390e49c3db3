// What the host puts over a township's map while a site is judged: the site, its evidence, better places, suitability.
(function () {
  var SITE = { color: "#1D2B33", weight: 3, fillColor: "#FFFFFF", fillOpacity: 0.15 };

  function tip(title, line) {
    return Atlas.el("div", { class: "tip" }, [Atlas.el("b", {}, [title]), line ? Atlas.el("span", {}, [line]) : null]);
  }
  function bind(layer, page, title, line, open) {
    layer.bindTooltip(function () { return tip(title, line); }, { sticky: true, className: "atlas-tip" });
    layer.on("click", function (event) {
      if (page.measuring) page.measureAt(event);
      else if (open) page.tell(open);
    });
  }
  function shape(page, geojson, look) {
    var drawn = L.geoJSON(geojson, {
      pointToLayer: function (_, at) { return L.circleMarker(at, { radius: 7 }); },
      style: function () { return Object.assign({ pane: "siting", renderer: page.sitingCanvas, bubblingMouseEvents: false }, look); }
    });
    return drawn;
  }

  Atlas.siting = function (page) {
    var map = page.map, over = L.layerGroup(), picture = null, key = null, found = {};
    if (!page.data.draw) return;
    map.createPane("siting").style.zIndex = 450;
    map.createPane("suitability").style.zIndex = 250;
    page.sitingCanvas = L.svg({ pane: "siting", padding: 0.3 });
    over.addTo(map);

    function room(layer) {
      if (!layer) return;
      var bounds = layer.getBounds();
      if (!bounds.isValid()) return;
      var narrow = page.narrow;
      map.fitBounds(bounds.pad(layer.getLayers().length > 1 ? 0.05 : 0.6), Atlas.roomy(map, {
        paddingTopLeft: narrow ? [10, 100] : [250, 20], paddingBottomRight: narrow ? [10, 80] : [230, 50], maxZoom: 15 }));
    }
    function surface(message) {
      if (picture) picture.remove();
      picture = null;
      if (!message.surface) return;
      var b = message.surface.bounds;
      picture = L.imageOverlay(message.surface.address, [[b[1], b[0]], [b[3], b[2]]], { pane: "suitability", opacity: 0.72,
        alt: page.words.suitability }).addTo(map);
    }
    function legend(message) {
      if (page.sitingLegend) page.sitingLegend.remove();
      page.sitingLegend = null;
      if (!message.legend || !message.legend.length) return;
      var list = Atlas.el("ul", {}, message.legend.map(function (entry) {
        return Atlas.el("li", {}, [Atlas.el("span", { class: "swatch verdict", style: "border-color:" + entry.stroke + ";background:" + entry.fill }), entry.label]);
      }));
      page.sitingLegend = Atlas.el("div", { class: "panel siting-legend" }, [list]);
      page.right.append(page.sitingLegend);
    }

    page.overlay = function (message) {
      over.clearLayers();
      found = {};
      surface(message);
      (message.evidence || []).forEach(function (one) {
        var drawn = shape(page, one.geojson, { color: one.colour, weight: 3, fillColor: one.colour, fillOpacity: 0.32 }).addTo(over);
        bind(drawn, page, one.title, one.line, { type: "atlas:open", layer: "evidence", key: String(one.number) });
        found["evidence:" + one.number] = drawn;
      });
      if (message.site) {
        shape(page, message.site, { color: "#FFFFFF", weight: 6, opacity: 0.85, fill: false, interactive: false }).addTo(over);
        found["site:site"] = shape(page, message.site, SITE).addTo(over);
        bind(found["site:site"], page, message.title, message.line, null);
      }
      (message.places || []).forEach(function (one) {
        var drawn = shape(page, one.geojson, { color: "#2F6B46", weight: 3, fillColor: "#2F6B46", fillOpacity: 0.3 }).addTo(over);
        var sign = L.marker(drawn.getBounds().getCenter(), { keyboard: false, icon: L.divIcon({ className: "rank-sign", html: String(Number(one.rank)), iconSize: [24, 24] }) });
        [drawn, sign.addTo(over)].forEach(function (layer) {
          bind(layer, page, one.title, one.line, { type: "atlas:open", layer: "place", key: String(one.rank) });
        });
        found["place:" + one.rank] = drawn;
      });
      legend(message);
      if (message.key !== key && message.site) {
        room(L.featureGroup(Object.keys(found).filter(function (id) { return id.indexOf("evidence") < 0; })
          .map(function (id) { return found[id]; })));
      }
      key = message.key;
    };
    var find = page.find;
    page.find = function (layer, id) {
      var own = found[layer + ":" + id];
      if (own) { room(own); own.eachLayer(function (part) { if (part.openTooltip) part.openTooltip(); }); return true; }
      return find ? find(layer, id) : false;
    };
  };
})();
