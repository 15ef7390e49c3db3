// The layer switches by theme, and the legend that follows what is visible.
(function () {
  // A button that unfolds a panel; `open` says how it begins.
  Atlas.unfolding = function (page, name, label, open) {
    var body = Atlas.el("div", { class: "body", id: "atlas-" + name });
    var button = Atlas.el("button", { type: "button", class: "fold", "aria-controls": body.id }, [label]);
    function set(state) {
      body.hidden = !state;
      button.setAttribute("aria-expanded", String(state));
    }
    var panel = { body: body, node: Atlas.el("section", { class: "panel " + name, "aria-label": label }, [button, body]), set: set };
    button.addEventListener("click", function () { panel.chosen = true; set(body.hidden); });
    set(open);
    return panel;
  };

  // A panel that unfolds by itself never lies over the place a map is about; who opened or closed it keeps it so.
  Atlas.yielding = function (page, panel, bounds) {
    function yieldTo() {
      if (panel.chosen || page.narrow) return;
      panel.set(true);
      var frame = page.map.getContainer().getBoundingClientRect(), over = panel.node.getBoundingClientRect();
      var from = page.map.latLngToContainerPoint(bounds.getNorthWest()), to = page.map.latLngToContainerPoint(bounds.getSouthEast());
      panel.set(!(over.left - frame.left < to.x && over.right - frame.left > from.x &&
        over.top - frame.top < to.y && over.bottom - frame.top > from.y));
    }
    page.map.on("resize", yieldTo);
    return yieldTo;
  };

  function switchOf(page, layer) {
    var header = layer.header, count = layer.rows.length;
    var box = Atlas.el("input", { type: "checkbox", onchange: function () { page.show([layer.id], box.checked); } });
    box.disabled = !count;
    page.changed.push(function () { box.checked = layer.shown; });
    var note = header.present ? (count ? String(count) : page.words.none_here) : page.words[header.broken ? "broken" : "not_supplied"];
    return Atlas.el("label", { class: count ? "" : "empty" }, [
      box, Atlas.swatch(header.geometry, header.style), Atlas.el("span", {}, [header.name]), Atlas.el("small", {}, [note])]);
  }

  function themeOf(page, theme) {
    var layers = theme.layers.map(function (id) { return page.layers[id]; });
    var filled = layers.filter(function (layer) { return layer.rows.length; });
    var all = Atlas.el("button", { type: "button", class: "all" });
    function every() { return filled.length > 0 && filled.every(function (layer) { return layer.shown; }); }
    all.addEventListener("click", function () {
      page.show(filled.map(function (layer) { return layer.id; }), !every());
    });
    var badge = Atlas.el("small", { class: "badge" });
    page.changed.push(function () {
      all.textContent = page.words[every() ? "hide_all" : "show_all"];
      var on = filled.filter(function (layer) { return layer.shown; }).length;
      badge.textContent = on + " / " + filled.length;
    });
    var summary = Atlas.el("summary", {}, [Atlas.el("span", {}, [theme.name]), badge]);
    var open = layers.some(function (layer) { return page.data.shown.indexOf(layer.id) >= 0; });
    var node = Atlas.el("details", {}, [summary].concat(layers.map(function (layer) { return switchOf(page, layer); }),
      filled.length > 1 ? [all] : []));
    node.open = open && !page.narrow;
    return node;
  }

  Atlas.switches = function (page) {
    var panel = Atlas.unfolding(page, "switches", page.words.layers, false);
    page.data.themes.forEach(function (theme) { panel.body.append(themeOf(page, theme)); });
    if (page.baseSwitches) panel.body.append(page.baseSwitches());
    page.right.append(panel.node);
  };

  function entries(page, layer) {
    var header = layer.header, used = header.symbols.filter(function (symbol) {
      return layer.rows.some(function (row) { return row[header.symbol] === symbol.code; });
    });
    if (!used.length) return [Atlas.el("li", {}, [Atlas.swatch(header.geometry, header.style), header.name])];
    if (used.length === 1) {
      return [Atlas.el("li", {}, [Atlas.swatch(header.geometry, used[0].style),
        Atlas.say(page.words, "kind", { layer: header.name, kind: used[0].label })])];
    }
    return [Atlas.el("li", { class: "head" }, [header.name])].concat(used.map(function (symbol) {
      return Atlas.el("li", {}, [Atlas.swatch(header.geometry, symbol.style), symbol.label]);
    }));
  }

  Atlas.legend = function (page) {
    var panel = Atlas.unfolding(page, "legend", page.words.legend, !page.narrow);
    var list = Atlas.el("ul", {});
    panel.body.append(list);
    page.changed.push(function () {
      list.replaceChildren();
      page.order.forEach(function (layer) {
        if (layer.shown && layer.rows.length) entries(page, layer).forEach(function (entry) { list.append(entry); });
      });
      page.ground.forEach(function (entry) {
        list.append(Atlas.el("li", {}, [Atlas.swatch(entry.geometry, entry.style), entry.label]));
      });
    });
    page.right.append(panel.node);
    page.changed.push(Atlas.yielding(page, panel, page.frameBounds));
  };
})();
