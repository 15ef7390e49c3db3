// The map of one township: it framed, its neighbours dimmed and named, its layers switchable.
(function () {
  var HOME = { stroke: "#1D2B33", weight: 2, fill: "#FFFFFF", fillShare: 0, dash: [], shape: "circle", size: 5 };
  var STREAM = { stroke: "#8DB7DA", weight: 1.4, fill: "#8DB7DA", fillShare: 0, dash: [], shape: "circle", size: 5 };

  // Held by a page, the map asks it to open the neighbour; alone, it is a link to the neighbour's map.
  function neighbourCard(page, place) {
    var alone = page.data.alone;
    return Atlas.el("div", { class: "card" }, [
      Atlas.el("h2", {}, [place.name]),
      alone ? Atlas.el("a", { class: "onward", target: "_top", href: alone.map + encodeURIComponent(place.code) + alone.query },
        [page.words.open_township]) : Atlas.el("button", { type: "button", class: "onward", onclick: function () {
        page.tell({ type: "atlas:township", code: place.code });
      } }, [page.words.open_township])]);
  }

  function ground(page) {
    var data = page.data, map = page.map, shapes = Atlas.unpack(data.outline), homeAt = -1;
    data.places.forEach(function (place, n) { if (place.code === data.home) homeAt = n; });
    Atlas.dim(page, [shapes[homeAt]], 0.62);
    data.places.forEach(function (place, n) {
      place.shape = shapes[n];
      if (n === homeAt) return;
      place.path = L.polygon(shapes[n], { renderer: page.canvas, color: "#8A969C", weight: 0.8, fillOpacity: 0,
        bubblingMouseEvents: false }).addTo(map);
      place.path.on("click", function (event) {
        if (page.measuring) { page.measureAt(event); return; }
        if (window.parent === window && !data.alone) return;
        L.popup({ className: "atlas-popup" }).setLatLng(event.latlng).setContent(neighbourCard(page, place)).openOn(map);
      });
    });
    L.polyline(Atlas.unpack(data.streams).map(function (feature) { return feature.map(function (part) { return part[0]; }); })
      .reduce(function (all, lines) { return all.concat(lines); }, []), Atlas.pathOptions(STREAM, page)).addTo(map)
      .options.interactive = false;
    L.polygon(shapes[homeAt], { renderer: page.canvas, color: "#FFFFFF", weight: 5, opacity: 0.75, fill: false, interactive: false }).addTo(map);
    L.polygon(shapes[homeAt], { renderer: page.canvas, color: HOME.stroke, weight: HOME.weight, fill: false, interactive: false }).addTo(map);
    page.ground.push({ geometry: "polygon", style: HOME, label: page.words.boundary });
    page.frameBounds = L.polygon(shapes[homeAt]).getBounds();
  }

  function featureLabels(page, view) {
    var zoom = page.map.getZoom(), found = [];
    page.order.forEach(function (layer) {
      var geometry = layer.header.geometry, from = layer.rows.length > 60 ? 14 : layer.rows.length > 25 ? 12.5 : 11.25;
      if (geometry === "line" && layer.rows.length > 15) from = Math.max(from, 14);
      if (!layer.shown || layer.header.label === null || layer.header.label === layer.header.key || zoom < (geometry === "point" ? from : from - 1)) return;
      layer.rows.forEach(function (row, n) {
        var text = row[layer.header.label], at = layer.paths[n].getLatLng ? layer.paths[n].getLatLng() : Atlas.anchor(layer, n);
        if (text && view.contains(at)) {
          var weight = geometry === "line" ? layer.paths[n].options.weight : 1;  // a main river before its streams
          found.push({ lines: [String(text).slice(0, 18)], at: at, kind: geometry, size: 12, side: geometry === "point",
            rank: layer.rows.length / (weight * weight) });
        }
      });
    });
    return found.sort(function (a, b) { return a.rank - b.rank; });
  }

  Atlas.township = function (page) {
    var data = page.data;
    ground(page);
    Atlas.layers(page);
    page.frameOptions = page.narrow ? { paddingTopLeft: [10, 100], paddingBottomRight: [10, 100] } :
      { paddingTopLeft: [44, 36], paddingBottomRight: [window.innerWidth >= 760 ? 250 : 44, 76] };
    if (data.view) page.map.setView([data.view[0], data.view[1]], data.view[2]);
    else page.map.fitBounds(page.frameBounds, page.frameOptions);
    page.goToPlace = function (place) {
      page.map.fitBounds(L.polygon(place.shape).getBounds(), page.frameOptions);
      if (place.code !== data.home) page.tell({ type: "atlas:township", code: place.code });
    };
    Atlas.labels(page, function (view) {
      var names = data.places.filter(function (place) { return place.code !== data.home; }).map(function (place) {
        var at = Atlas.seenMiddle(place.shape, view, page.map);
        return at && { lines: [Atlas.brief(place.name)], at: at, kind: "neighbour", size: 13 };
      }).filter(Boolean);
      return names.concat(featureLabels(page, view));
    });
    Atlas.search(page);
    Atlas.switches(page);
    Atlas.legend(page);
    page.changed.push(function () { page.placeLabels(); });
    page.show(data.shown, true, true);
  };
})();
