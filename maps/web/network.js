// A network of reclaimed-water pipes on quiet land: flows as widths, plants and users in classes of shape and colour.
(function () {
  function tip(name, lines) {
    return Atlas.el("div", { class: "tip" }, [Atlas.el("b", {}, [name])].concat(lines.map(function (line) {
      return Atlas.el("span", {}, [line]);
    })));
  }

  function land(page) {
    var shapes = Atlas.unpack(page.data.overview), all = L.featureGroup();
    Atlas.dim(page, shapes, 0.66);
    page.data.places.forEach(function (place, n) {
      place.path = L.polygon(shapes[n], { renderer: page.canvas, color: "#93A0A6", weight: 0.9, fillColor: "#F3F5F4",
        fillOpacity: 0.62, interactive: false }).addTo(all);
    });
    all.addTo(page.map);
    L.polyline(Atlas.unpack(page.data.streams).reduce(function (lines, feature) {
      return lines.concat(feature.map(function (part) { return part[0]; }));
    }, []), { renderer: page.canvas, color: "#6FA3CF", weight: 1.1, opacity: 0.8, interactive: false }).addTo(page.map);
    return all;
  }

  function pipes(page) {
    var data = page.data.pipes, drawn = {}, group = L.featureGroup().addTo(page.map);
    // Seen from afar a network is small: its pipes are drawn thinner, in the same order.
    function usual(item) {
      var near = page.map.getZoom() >= 12 ? 1 : 0.62;
      return { color: data.colour, weight: Math.max(data.classes[item.class].width * near * page.enlarge, 1.4) };
    }
    data.items.forEach(function (item) {
      item.under = L.polyline(item.at, { renderer: page.canvas, color: "#FFFFFF", opacity: 0.9, interactive: false,
        lineCap: "round", weight: usual(item).weight + 2 }).addTo(group);
    });
    page.map.on("zoomend", function () {
      Object.keys(drawn).forEach(function (key) {
        var weight = usual(drawn[key].item).weight;
        drawn[key].item.under.setStyle({ weight: weight + 2 });
        drawn[key].line.setStyle({ weight: drawn[key] === page.chosen ? weight + 1.5 : weight });
      });
    });
    data.items.forEach(function (item) {
      var line = L.polyline(item.at, Object.assign({ renderer: page.canvas, opacity: 1, lineCap: "round",
        bubblingMouseEvents: false }, usual(item))).addTo(group);
      line.bindTooltip(function () { return tip(item.name, item.lines); }, { sticky: true, className: "atlas-tip" });
      line.on("click", function (event) {
        if (page.measuring) { page.measureAt(event); return; }
        page.choose(item.key);
        page.tell({ type: "atlas:open", layer: data.layer, key: item.key });
      });
      drawn[item.key] = { item: item, line: line };
    });
    page.choose = function (key) {
      if (page.chosen) page.chosen.line.setStyle(usual(page.chosen.item));
      page.chosen = drawn[key] || null;
      if (!page.chosen) return false;
      page.chosen.line.setStyle({ color: "#1D2B33", weight: usual(page.chosen.item).weight + 1.5 });
      page.chosen.line.bringToFront();
      return true;
    };
    return group;
  }

  function points(page, data) {
    data.items.forEach(function (item) {
      var entry = data.classes[item.class], usual = Atlas.pathOptions(entry.style, page);
      if (page.narrow) usual.radius *= 0.75;
      if (item.hollow) { usual.color = usual.fillColor; usual.fillColor = "#FFFFFF"; usual.fillOpacity = 0.85; usual.radius *= 0.8; }
      var mark = new Atlas.Symbol(item.at, usual).addTo(page.marks);
      mark.bindTooltip(function () { return tip(item.name, item.lines); }, { className: "atlas-tip" });
      mark.on("click", function (event) {
        if (page.measuring) page.measureAt(event);
        else page.tell({ type: "atlas:open", layer: data.layer, key: item.key });
      });
      item.mark = mark;
    });
  }

  function line(entry, colour) {
    return Atlas.svg("svg", { width: 26, height: 16, viewBox: "0 0 26 16", "aria-hidden": "true", class: "swatch" }, [
      Atlas.svg("path", { d: "M1 8 H25", fill: "none", stroke: colour, "stroke-width": entry.width })]);
  }

  function legend(page) {
    var data = page.data, panel = Atlas.unfolding(page, "legend", page.words.legend, !page.narrow), list = Atlas.el("ul", {});
    function head(words) { list.append(Atlas.el("li", { class: "head" }, [words])); }
    if (data.pipes.items.length) {
      head(data.pipes.title);
      data.pipes.classes.forEach(function (entry) { list.append(Atlas.el("li", {}, [line(entry, data.pipes.colour), entry.label])); });
    }
    [data.plants, data.users, data.works].forEach(function (set) {
      if (!set.items.length) return;
      head(set.title);
      set.classes.forEach(function (entry) {
        if (entry.used) list.append(Atlas.el("li", {}, [Atlas.swatch("point", entry.style), entry.label]));
      });
      if (set.note) list.append(Atlas.el("li", { class: "note" }, [set.note]));
    });
    panel.body.append(list);
    page.right.append(panel.node);
  }

  // The search looks through plants, users and townships.
  function found(page, set) {
    return { header: { name: set.title, geometry: "point" }, rows: set.items,
      name: function (n) { return set.items[n].name; }, key: function (n) { return set.items[n].key; },
      style: function (n) { return set.classes[set.items[n].class].style; } };
  }

  Atlas.network = function (page) {
    var data = page.data, map = page.map, all = land(page);
    document.body.classList.add("district");
    page.marks = L.featureGroup().addTo(map);
    points(page, data.plants);
    points(page, data.users);
    var drawn = pipes(page);
    points(page, data.works);
    page.frameBounds = (drawn.getLayers().length ? drawn : all).getBounds();  // a plan fills its map, however small
    page.frameOptions = page.narrow ? { paddingTopLeft: [6, 70], paddingBottomRight: [6, 70], maxZoom: 15 }
      : { paddingTopLeft: [250, 12], paddingBottomRight: [230, 48], maxZoom: 15 };
    map.fitBounds(page.frameBounds, page.frameOptions);
    page.left.firstChild.append(Atlas.el("p", { class: "warning" }, [data.warning]));
    page.goToPlace = function (place) { map.fitBounds(place.path.getBounds(), page.frameOptions); };
    page.goTo = function (layer, n) {
      map.setView(layer.rows[n].at, Math.max(map.getZoom(), 13), { animate: false });
      layer.rows[n].mark.openTooltip();
    };
    page.find = function (layer, key) { return layer === data.pipes.layer ? page.choose(key) : false; };
    page.order = [found(page, data.plants), found(page, data.users)];
    Atlas.labels(page, function (view) {
      var plants = data.plants.items.filter(function (item) { return view.contains(item.at); }).map(function (item) {
        return { lines: [item.short], at: item.at, kind: "plant", size: 12, side: true };
      });
      return (map.getZoom() >= 12 ? plants : []).concat(data.places.filter(function (place) {
        return view.contains([place.point[1], place.point[0]]);
      }).map(function (place) {
        return { lines: [place.short], at: [place.point[1], place.point[0]], kind: "township", size: 12 };
      }));
    });
    Atlas.search(page);
    legend(page);
    page.placeLabels();
  };
})();
