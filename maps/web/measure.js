// Measuring length and area on the map: clicks, or Enter at the middle of the map when working by keyboard.
(function () {
  var RAD = Math.PI / 180;

  // Metres per degree of latitude and longitude on the WGS84 ellipsoid at a latitude.
  function metres(latitude) {
    var f = latitude * RAD;
    return {
      lat: 111132.954 - 559.822 * Math.cos(2 * f) + 1.175 * Math.cos(4 * f),
      lng: 111412.84 * Math.cos(f) - 93.5 * Math.cos(3 * f) + 0.118 * Math.cos(5 * f)
    };
  }

  Atlas.lengthM = function (points) {
    var sum = 0;
    for (var i = 1; i < points.length; i++) {
      var a = points[i - 1], b = points[i], m = metres((a.lat + b.lat) / 2);
      sum += Math.hypot((b.lat - a.lat) * m.lat, (b.lng - a.lng) * m.lng);
    }
    return sum;
  };

  Atlas.areaM2 = function (points) {
    var m = metres(points.reduce(function (sum, p) { return sum + p.lat; }, 0) / points.length), sum = 0, first = points[0];
    points.forEach(function (a, i) {
      var b = points[(i + 1) % points.length];
      sum += (a.lng - first.lng) * (b.lat - first.lat) - (b.lng - first.lng) * (a.lat - first.lat);
    });
    return Math.abs(sum) / 2 * m.lat * m.lng;
  };

  function round(value, decimals, language) {
    return value.toLocaleString(language === "zh" ? "zh-CN" : "en-GB",
      { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  }

  function result(page, points) {
    var words = page.words, language = page.data.language, length = Atlas.lengthM(points), lines = [];
    lines.push(Atlas.say(words, "measured_length", { value: length < 1000
      ? round(length, 0, language) + " m" : round(length / 1000, 2, language) + " km" }));
    if (points.length > 2) {
      var area = Atlas.areaM2(points);
      lines.push(Atlas.say(words, "measured_area", { value: area < 1e6
        ? round(area, 0, language) + " m²" : round(area / 1e6, 2, language) + " km²", mu: round(area * 15 / 1e4, 1, language) }));
    }
    return lines;
  }

  Atlas.measure = function (page) {
    var map = page.map, points = [], marks = L.layerGroup();
    var out = Atlas.el("div", { class: "result", role: "status", "aria-live": "polite" });
    var button = Atlas.el("button", { type: "button", class: "tool", "aria-pressed": "false", title: page.words.measure }, [
      Atlas.svg("svg", { width: 18, height: 18, viewBox: "0 0 18 18", "aria-hidden": "true" }, [
        Atlas.svg("path", { d: "M2 12 12 2l4 4L6 16z M5 9l2 2 M8 6l2 2", fill: "none", stroke: "currentColor", "stroke-width": 1.5 })]),
      Atlas.el("span", {}, [page.words.measure])]);

    function draw() {
      marks.clearLayers();
      var plain = { interactive: false, color: "#1D2B33", weight: 2 };
      if (points.length > 2) {
        marks.addLayer(L.polygon(points, Object.assign({ dashArray: "4 4", fillOpacity: 0.08 }, plain)));
      } else { marks.addLayer(L.polyline(points, plain)); }
      points.forEach(function (p) {
        marks.addLayer(L.circleMarker(p, Object.assign({ radius: 3.5, fillColor: "#fff", fillOpacity: 1 }, plain)));
      });
      out.replaceChildren.apply(out, (points.length > 1 ? result(page, points) : [page.words.measure_help])
        .map(function (line) { return Atlas.el("p", {}, [line]); }));
    }
    function add(point) { points.push(point); draw(); }
    function clicked(event) { add(event.latlng); }
    function key(event) {
      if (event.key === "Escape") set(false);
      if (event.key === "Backspace") { points.pop(); draw(); event.preventDefault(); }
      if (event.key === "Enter" && event.target === map.getContainer()) add(map.getCenter());
    }
    function set(on) {
      page.measuring = on;
      points = [];
      button.setAttribute("aria-pressed", String(on));
      document.body.classList.toggle("measuring", on);
      map[on ? "addLayer" : "removeLayer"](marks);
      map[on ? "on" : "off"]("click", clicked);
      map.doubleClickZoom[on ? "disable" : "enable"]();
      document[on ? "addEventListener" : "removeEventListener"]("keydown", key);
      out.hidden = !on;
      if (on) { map.closePopup(); draw(); }
    }
    button.addEventListener("click", function () { set(!page.measuring); });
    set(false);
    page.tools.append(button);
    page.left.append(out);
    page.measureAt = clicked;
  };
})();
