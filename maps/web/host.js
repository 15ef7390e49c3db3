// Talking with the page that holds the map: what is seen goes out, where to look comes in.
(function () {
  function holder() { return window.parent !== window ? window.parent : null; }
  function target() { return window.origin && window.origin !== "null" ? window.origin : "*"; }

  Atlas.host = function (page) {
    var map = page.map;
    page.tell = function (message) { if (holder()) holder().postMessage(message, target()); };

    function setView(view) {
      var numbers = [view.lat, view.lng, view.zoom].map(Number);
      if (numbers.every(Number.isFinite)) map.setView([numbers[0], numbers[1]], numbers[2], { animate: false });
    }
    window.addEventListener("message", function (event) {
      var message = event.data;
      if (event.source !== holder() || !message || typeof message !== "object") return;
      if (message.type === "atlas:setview") setView(message);
      if (/^atlas:(find|fly)$/.test(message.type) && page.find && !page.find(String(message.layer), String(message.key))) {
        setView({ lat: message.lat, lng: message.lng, zoom: Math.max(map.getZoom(), 14) });
      }
      if (message.type === "atlas:overlay" && page.overlay) page.overlay(message);
      if (message.type === "atlas:show" && page.show && Array.isArray(message.layers)) {
        page.show(page.shownIds(), false, true);
        page.show(message.layers.map(String), true);
      }
    });
    map.on("moveend", function () {
      var centre = map.getCenter();
      page.tell({ type: "atlas:view", lat: +centre.lat.toFixed(5), lng: +centre.lng.toFixed(5), zoom: map.getZoom() });
    });
    if (page.changed) {
      page.changed.push(function (quietly) { if (!quietly) page.tell({ type: "atlas:layers", layers: page.shownIds() }); });
    }
    var hash = /#view=(-?[\d.]+),(-?[\d.]+),([\d.]+)/.exec(window.location.hash || window.name);
    if (hash) setView({ lat: hash[1], lng: hash[2], zoom: hash[3] });
    page.tell({ type: "atlas:ready" });
  };
})();
