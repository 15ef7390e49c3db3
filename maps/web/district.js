// The map of the district: townships in classes of one indicator, hatched where the value is not known.
(function () {
  function classed(page, place) {
    return place.value === null ? { fillColor: Atlas.hatch("#9AA5AB"), fillOpacity: 0.9 }
      : { fillColor: page.data.classes[place.class].fill, fillOpacity: 0.82 };
  }

  function swatchStyle(fill, share) {
    return { stroke: "#7C8990", weight: 0.8, fill: fill, fillShare: share, dash: [], shape: "circle", size: 5 };
  }

  function legend(page, home) {
    var panel = Atlas.unfolding(page, "legend", page.words.legend, true), list = Atlas.el("ul", {});
    list.append(Atlas.el("li", { class: "head" }, [page.data.legend_title]));
    page.data.classes.forEach(function (entry) {
      list.append(Atlas.el("li", {}, [Atlas.swatch("polygon", swatchStyle(entry.fill, 0.82)), entry.label]));
    });
    if (page.data.places.some(function (place) { return place.value === null; })) {
      list.append(Atlas.el("li", {}, [Atlas.el("span", { class: "swatch hatched" }), page.words.no_data]));
    }
    Atlas.pointLegend(page, list);
    panel.body.append(list);
    page.right.append(panel.node);
    if (home) Atlas.yielding(page, panel, page.frameBounds)();
  }

  // The township a person looks at: a strong border, which a passing pointer leaves alone.
  Atlas.around = function (page, home) {
    L.polygon(home.shape, { renderer: page.canvas, color: "#1D2B33", weight: 2.6, fill: false, interactive: false }).addTo(page.above);
  };

  function tip(place) {
    return Atlas.el("div", { class: "tip" }, [Atlas.el("b", {}, [place.name]), Atlas.el("span", {}, [place.shown])]);
  }

  Atlas.district = function (page) {
    var data = page.data, map = page.map, shapes = Atlas.unpack(data.overview), all = L.featureGroup();
    Atlas.dim(page, shapes, 0.66);
    data.places.forEach(function (place, n) {
      place.shape = shapes[n];
      var usual = Object.assign({ renderer: page.canvas, color: "#FFFFFF", weight: 1, bubblingMouseEvents: false }, classed(page, place));
      place.path = L.polygon(shapes[n], usual).addTo(all);
      place.path.bindTooltip(function () { return tip(place); }, { sticky: true, className: "atlas-tip" });
      place.path.on("mouseover", function () { place.path.setStyle({ color: "#1D2B33", weight: 2.2 }).bringToFront(); page.above.bringToFront(); });
      place.path.on("mouseout", function () { place.path.setStyle({ color: "#FFFFFF", weight: 1 }); });
      place.path.on("click", function (event) {
        if (page.measuring) page.measureAt(event); else page.goToPlace(place);
      });
    });
    all.addTo(map);
    L.polyline(Atlas.unpack(data.streams).reduce(function (lines, feature) {
      return lines.concat(feature.map(function (part) { return part[0]; }));
    }, []), { renderer: page.canvas, color: "#6FA3CF", weight: 1.1, opacity: 0.8, interactive: false }).addTo(map);
    var home = data.places.filter(function (place) { return place.code === data.home; })[0];
    page.frameBounds = (home ? home.path : all).getBounds();
    page.frameOptions = page.narrow ? { paddingTopLeft: [6, 54], paddingBottomRight: [6, data.points ? 270 : 206] }
      : { paddingTopLeft: [40, 12], paddingBottomRight: [data.points ? 210 : 110, 48] };
    if (data.view) map.setView([data.view[0], data.view[1]], data.view[2]);
    else map.fitBounds(page.frameBounds, page.frameOptions);
    page.goToPlace = function (place) { page.tell({ type: "atlas:township", code: place.code }); };
    page.order = [];
    Atlas.labels(page, function (view) {
      var wide = map.getSize().x >= 700;
      return data.places.filter(function (place) { return view.contains([place.point[1], place.point[0]]); }).map(function (place) {
        return { lines: wide ? [Atlas.brief(place.short), place.label] : [Atlas.brief(place.short)], at: [place.point[1], place.point[0]], kind: "township",
          size: wide ? 13 : 12 };
      });
    });
    Atlas.points(page);
    if (home) Atlas.around(page, home);
    Atlas.search(page);
    legend(page, home);
    page.placeLabels();
  };
})();
