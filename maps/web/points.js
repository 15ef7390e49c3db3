// Points over the map of the district, in classes that differ in shape and colour; a clicked one is told to the host.
(function () {
  function tip(point, entry) {
    return Atlas.el("div", { class: "tip" }, [Atlas.el("b", {}, [point.name]),
      Atlas.el("span", {}, [point.shown ? entry.label + " · " + point.shown : entry.label])]);
  }

  Atlas.points = function (page) {
    var points = page.data.points;
    page.above = page.above || L.featureGroup().addTo(page.map);
    if (!points) return;
    points.items.forEach(function (point) {
      var entry = points.classes[point.class], usual = Atlas.pathOptions(entry.style, page);
      if (page.narrow) usual.radius *= 0.72;
      var mark = new Atlas.Symbol([point.at[1], point.at[0]], usual).addTo(page.above);
      mark.bindTooltip(function () { return tip(point, entry); }, { className: "atlas-tip" });
      mark.on("click", function (event) {
        if (page.measuring) page.measureAt(event);
        else page.tell({ type: "atlas:open", layer: points.layer, key: point.key });
      });
    });
  };

  Atlas.pointLegend = function (page, list) {
    var points = page.data.points;
    if (!points || !points.items.length) return;
    list.append(Atlas.el("li", { class: "head" }, [points.title]));
    points.classes.forEach(function (entry) {
      list.append(Atlas.el("li", {}, [Atlas.swatch("point", entry.style), entry.label]));
    });
  };
})();
