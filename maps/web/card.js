// The card of one feature: declared fields with units, what is not filled in, source and date, and ways onward.
(function () {
  function shown(field, value, page) {
    if (value === true || value === false) return page.words[value ? "yes" : "no"];
    if (field.choices && field.choices[value]) return field.choices[value];
    if (field.township && page.data.names[value]) return page.data.names[value];
    return field.unit ? value + (field.unit === "%" || field.unit === "°" ? "" : " ") + field.unit : value;
  }

  function table(layer, n, page, missing) {
    var row = layer.rows[n], lines = [];
    layer.header.fields.forEach(function (field, i) {
      if (i === layer.header.label) return;
      if (row[i] === null || row[i] === undefined || row[i] === "") { missing.push(field.label); return; }
      lines.push(Atlas.el("tr", {}, [
        Atlas.el("th", { scope: "row" }, [field.label]),
        Atlas.el("td", { class: field.number ? "number" : "" }, [shown(field, row[i], page)])
      ]));
    });
    return Atlas.el("table", {}, [Atlas.el("tbody", {}, lines)]);
  }

  Atlas.card = function (page, layer, n) {
    var header = layer.header, missing = [], body = table(layer, n, page, missing), key = layer.key(n);
    var parts = [
      Atlas.el("p", { class: "kind" }, [Atlas.swatch(header.geometry, layer.style(n)), header.name]),
      Atlas.el("h2", {}, [layer.name(n)]),
      body
    ];
    if (missing.length) {
      parts.push(Atlas.el("p", { class: "missing" }, [
        Atlas.say(page.words, "not_filled", { fields: missing.join(page.words.comma) })]));
    }
    if (header.source) {
      parts.push(Atlas.el("p", { class: "from" }, [
        Atlas.say(page.words, "from", header.source), header.mark ? Atlas.el("b", { class: "mark" }, [header.mark]) : null]));
    }
    if (key !== null && header.link) {
      parts.push(Atlas.el("button", { type: "button", class: "onward", onclick: function () {
        page.tell({ type: "atlas:open", layer: layer.id, key: key });
      } }, [header.link]));
    }
    return Atlas.el("div", { class: "card", tabindex: "-1" }, parts);
  };

  Atlas.openCard = function (page, layer, n, at) {
    if (page.measuring) { page.measureAt({ latlng: at }); return; }
    var path = layer.paths[n], usual = Atlas.pathOptions(layer.style(n), page);
    page.map.closePopup();
    path.setStyle({ color: "#E0A100", weight: usual.weight + 2.5 }).bringToFront();
    var wide = window.innerWidth >= 800, card = Atlas.card(page, layer, n);
    L.popup({ maxWidth: Math.min(320, window.innerWidth - 60), minWidth: Math.min(230, window.innerWidth - 90),
      maxHeight: Math.max(140, window.innerHeight * (wide ? 0.6 : 0.42)), className: "atlas-popup",
      autoPanPaddingTopLeft: wide ? [256, 14] : [12, 100], autoPanPaddingBottomRight: wide ? [232, 60] : [12, 110] })
      .setLatLng(at).setContent(card).openOn(page.map)
      .on("remove", function () {
        path.setStyle({ color: usual.color, weight: usual.weight });
        page.show([], true, true);
      });
    if (document.activeElement && document.activeElement.type === "search") card.focus({ preventScroll: true });
  };
})();
