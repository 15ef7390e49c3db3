// What makes it a map: title, north arrow, scale, source and date, marks; and the columns they stand in.
(function () {
  Atlas.frame = function (page) {
    var data = page.data;
    page.left = Atlas.el("div", { class: "column left" });
    page.right = Atlas.el("div", { class: "column right" });
    page.foot = Atlas.el("footer", {});
    page.tools = Atlas.el("div", { class: "tools", role: "toolbar", "aria-label": page.words.tools });
    page.left.append(Atlas.el("header", {}, [
      Atlas.el("h1", {}, [data.title]), Atlas.el("p", {}, [data.subtitle]),
      data.alone ? Atlas.el("a", { class: "figures", target: "_top", href: data.alone.page }, [data.alone.label]) : null]));
    document.body.append(page.left, page.right, page.foot);
    page.ground = [];
  };

  function tool(label, sign, act) {
    return Atlas.el("button", { type: "button", class: "tool", title: label, "aria-label": label, onclick: act }, [sign]);
  }

  function north(words) {
    return Atlas.svg("svg", { class: "north", width: 26, height: 38, viewBox: "0 0 26 38", role: "img", "aria-label": words.north }, [
      Atlas.svg("path", { d: "M13 12 20 36 13 31z", fill: "#1D2B33" }),
      Atlas.svg("path", { d: "M13 12 6 36 13 31z", fill: "#fff", stroke: "#1D2B33", "stroke-width": 1 }),
      Atlas.svg("text", { x: 13, y: 10, "text-anchor": "middle", "font-size": 11, "font-weight": 700, fill: "#1D2B33" }, ["N"])]);
  }

  // The scale as 1 : N on a screen of 96 dots per inch, rounded to two figures.
  function numericScale(map) {
    var middle = map.getSize().divideBy(2);
    var metresPerPixel = Atlas.lengthM([map.containerPointToLatLng(middle), map.containerPointToLatLng(middle.add([100, 0]))]) / 100;
    var scale = metresPerPixel * 96 / 0.0254, step = Math.pow(10, Math.floor(Math.log10(scale)) - 1);
    return Math.round(scale / step) * step;
  }

  function sources(page) {
    var seen = {}, marks = {};
    (page.shownIds ? page.shownIds() : []).map(function (id) { return page.data.layers[id]; })
      .concat(page.data.grounds).forEach(function (header) {
        if (!header.source) return;
        seen[header.source.issuer] = [seen[header.source.issuer] || "", header.source.date].sort().pop();
        if (header.mark) marks[header.mark] = true;
      });
    return {
      text: Object.keys(seen).map(function (issuer) {
        return Atlas.say(page.words, "issuer_date", { issuer: issuer, date: seen[issuer] });
      }).join(page.words.semicolon),
      marks: Object.keys(marks)
    };
  }

  Atlas.furniture = function (page) {
    var map = page.map, words = page.words;
    page.home = page.home || function () { map.fitBounds(page.frameBounds, page.frameOptions); };
    page.tools.append(tool(words.zoom_in, "+", function () { map.zoomIn(); }),
      tool(words.zoom_out, "−", function () { map.zoomOut(); }),
      tool(words.whole, "⌂", function () { page.home(); }));
    page.left.append(page.tools);

    var ratio = Atlas.el("span", { class: "ratio" }), marks = Atlas.el("span", { class: "marks" });
    var source = Atlas.el("span", { class: "source" });
    L.control.scale({ imperial: false, maxWidth: 110, position: "bottomleft" }).addTo(map);
    var bar = document.querySelector(".leaflet-control-scale");
    page.foot.append(Atlas.el("div", { class: "scale" }, [north(words), Atlas.el("div", {}, [bar, ratio])]),
      Atlas.el("div", { class: "line" }, [marks, source, Atlas.el("span", { class: "edition" }, [page.data.edition])]));

    function scale() { ratio.textContent = Atlas.say(words, "scale", { n: numericScale(map).toLocaleString("en-US") }); }
    function line() {
      var found = sources(page);
      var said = found.text ? [Atlas.say(words, "source_line", { sources: found.text, version: page.data.version })] : [];
      source.textContent = said.concat(page.data.result || [], page.data.note || []).join(" · ");
      marks.replaceChildren.apply(marks, found.marks.map(function (mark) { return Atlas.el("b", { class: "mark" }, [mark]); }));
    }
    // How high the foot stands depends on its lines; the columns end above it.
    new ResizeObserver(function () { document.body.style.setProperty("--foot", page.foot.offsetHeight + "px"); }).observe(page.foot);
    map.on("moveend zoomend", scale);
    if (page.changed) page.changed.push(line);
    scale();
    line();
  };
})();
