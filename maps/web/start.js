// The page's one global. Every file adds its part; `start` is called by the map once the document is ready.
"use strict";
var Atlas = {
  // The sentence under `key` with its {facts} filled; a missing one is a bug that the tests find.
  say: function (words, key, facts) {
    return words[key].replace(/\{(\w+)\}/g, function (_, name) { return String(facts[name]); });
  },

  // An element with attributes and children; strings become text nodes, so data can never become markup.
  el: function (tag, attributes, children) {
    var node = document.createElement(tag);
    Object.keys(attributes || {}).forEach(function (name) {
      if (name === "class") node.className = attributes[name];
      else if (name.slice(0, 2) === "on") node.addEventListener(name.slice(2), attributes[name]);
      else node.setAttribute(name, attributes[name]);
    });
    (children || []).forEach(function (child) {
      if (child !== null && child !== undefined) node.append(child);
    });
    return node;
  },

  svg: function (tag, attributes, children) {
    var node = document.createElementNS("http://www.w3.org/2000/svg", tag);
    Object.keys(attributes || {}).forEach(function (name) { node.setAttribute(name, attributes[name]); });
    (children || []).forEach(function (child) { node.append(child); });
    return node;
  },

  // Padding that leaves a small frame at least half of itself: more than the frame would make the view not a number.
  roomy: function (map, options) {
    var size = map.getSize(), given = options || {};
    var from = given.paddingTopLeft || [0, 0], to = given.paddingBottomRight || [0, 0];
    var share = [0, 1].map(function (axis) {
      var asked = from[axis] + to[axis], free = (axis ? size.y : size.x) / 2;
      return asked > free ? free / asked : 1;
    });
    return Object.assign({}, given, { paddingTopLeft: [from[0] * share[0], from[1] * share[1]],
      paddingBottomRight: [to[0] * share[0], to[1] * share[1]] });
  },

  // The map begins when its frame has been given room; a frame without any measures nothing right.
  start: function (map, data) {
    var box = map.getContainer(), fit = map.fitBounds;
    map.fitBounds = function (bounds, options) { return fit.call(map, bounds, Atlas.roomy(map, options)); };
    if (box.clientWidth >= 80 && box.clientHeight >= 80) { Atlas.begin(map, data); return; }
    var watch = new ResizeObserver(function () {
      if (box.clientWidth < 80 || box.clientHeight < 80) return;
      watch.disconnect();
      map.invalidateSize({ animate: false });
      Atlas.begin(map, data);
    });
    watch.observe(box);
  },

  begin: function (map, data) {
    document.documentElement.lang = data.language === "zh" ? "zh-CN" : "en";
    document.title = document.title || data.title;
    document.body.classList.add(data.kind);
    var page = { map: map, data: data, words: data.words, narrow: window.innerWidth < 640, enlarge: window.innerWidth >= 1500 ? 1.3 : 1 };
    page.canvas = L.canvas({ padding: 0.4, tolerance: L.Browser.mobile ? 12 : 5 });
    map.getContainer().setAttribute("aria-label", data.title);
    Atlas.frame(page);
    Atlas.land(page);
    Atlas[data.kind](page);
    Atlas.furniture(page);
    Atlas.measure(page);
    Atlas.siting(page);
    Atlas.draw(page);
    Atlas.host(page);
    window.atlas = page;
  }
};
