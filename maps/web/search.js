// Search by name: type, choose from the list, fly there and open the card.
(function () {
  var MOST = 12;

  function index(page) {
    var found = [];
    page.order.forEach(function (layer) {
      layer.rows.forEach(function (_, n) {
        var name = layer.name(n), key = layer.key(n) || "";
        found.push({ text: (name + " " + key).toLowerCase(), name: name, kind: layer.header.name, layer: layer, n: n });
      });
    });
    page.data.places.forEach(function (place) {
      found.push({ text: (place.name + " " + place.code).toLowerCase(), name: place.name, kind: page.words.township, place: place });
    });
    return found;
  }

  var RANK = { point: 1, polygon: 2, line: 3 };

  // Names that begin with what is typed first, then places before roads and pipes, then the shorter.
  function better(wanted) {
    function rank(hit) { return hit.layer ? RANK[hit.layer.header.geometry] : 0; }
    return function (a, b) {
      return a.text.indexOf(wanted) - b.text.indexOf(wanted) || rank(a) - rank(b) || a.name.length - b.name.length;
    };
  }

  Atlas.search = function (page) {
    var all = null, hits = [], chosen = -1, asks = page.order.length ? page.words.search : page.words.search_township;
    var list = Atlas.el("ul", { id: "atlas-hits", role: "listbox", "aria-label": asks });
    var input = Atlas.el("input", { type: "search", role: "combobox", placeholder: asks,
      "aria-label": asks, "aria-controls": "atlas-hits", "aria-expanded": "false",
      "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false" });

    function close() { list.hidden = true; input.setAttribute("aria-expanded", "false"); chosen = -1; }
    function go(hit) {
      close();
      input.value = hit.name;
      if (hit.layer) page.goTo(hit.layer, hit.n); else page.goToPlace(hit.place);
    }
    function mark(next) {
      chosen = (next + hits.length) % hits.length;
      Array.prototype.forEach.call(list.children, function (item, i) {
        item.setAttribute("aria-selected", String(i === chosen));
        if (i === chosen) { item.scrollIntoView({ block: "nearest" }); input.setAttribute("aria-activedescendant", item.id); }
      });
    }
    function look() {
      var wanted = input.value.trim().toLowerCase();
      list.replaceChildren();
      if (!wanted) { hits = []; close(); return; }
      all = all || index(page);
      hits = all.filter(function (entry) { return entry.text.indexOf(wanted) >= 0; }).sort(better(wanted)).slice(0, MOST);
      hits.forEach(function (hit, i) {
        list.append(Atlas.el("li", { role: "option", id: "atlas-hit-" + i, "aria-selected": "false",
          onmousedown: function (event) { event.preventDefault(); }, onclick: function () { go(hit); } }, [
          hit.layer ? Atlas.swatch(hit.layer.header.geometry, hit.layer.style(hit.n)) : null,
          Atlas.el("span", {}, [hit.name]), Atlas.el("small", {}, [hit.kind])]));
      });
      if (!hits.length) list.append(Atlas.el("li", { class: "nothing" }, [page.words.nothing_found]));
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      chosen = -1;
    }
    input.addEventListener("input", look);
    input.addEventListener("focus", look);
    input.addEventListener("blur", close);
    input.addEventListener("keydown", function (event) {
      if (event.key === "Escape") { close(); return; }
      if (!hits.length) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        mark(event.key === "ArrowDown" ? chosen + 1 : Math.max(chosen, 0) - 1);
      } else if (event.key === "Enter") { go(hits[Math.max(chosen, 0)]); }
    });
    close();
    page.left.append(Atlas.el("div", { class: "search" }, [input, list]));
  };
})();
