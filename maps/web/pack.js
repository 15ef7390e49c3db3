// Reads the text that maps/screen/packing.py writes: a list of features, each a list of parts, each a list of rings of [lat, lng].
(function () {
  var STEPS = 100000;

  function numbers(text) {
    var bytes = atob(text), found = [], value = 0, place = 1;
    for (var i = 0; i < bytes.length; i++) {
      var byte = bytes.charCodeAt(i);
      value += (byte & 127) * place;
      if (byte & 128) { place *= 128; } else { found.push(value); value = 0; place = 1; }
    }
    return found;
  }

  function signed(n) { return n % 2 ? -(n + 1) / 2 : n / 2; }

  Atlas.unpack = function (text) {
    var read = numbers(text), at = 0;
    function take(count) { at += count; return read.slice(at - count, at); }
    function sum(list) { return list.reduce(function (a, b) { return a + b; }, 0); }
    var partsOf = take(take(1)[0]), ringsOf = take(sum(partsOf)), lengths = take(sum(ringsOf));
    var x = 0, y = 0, part = 0, ring = 0;
    function position() {
      x += signed(read[at++]);
      y += signed(read[at++]);
      return [y / STEPS, x / STEPS];
    }
    function list(count, make) { var made = []; while (count-- > 0) made.push(make()); return made; }
    return partsOf.map(function (parts) {
      return list(parts, function () {
        return list(ringsOf[part++], function () { return list(lengths[ring++], position); });
      });
    });
  };

  // Whether [lat, lng] lies inside a feature (even-odd over all its rings).
  Atlas.inside = function (feature, point) {
    var within = false;
    feature.forEach(function (part) {
      part.forEach(function (ring) {
        for (var i = 0, j = ring.length - 1; i < ring.length; j = i++) {
          var a = ring[i], b = ring[j];
          if ((a[0] > point[0]) !== (b[0] > point[0]) &&
              point[1] < (b[1] - a[1]) * (point[0] - a[0]) / (b[0] - a[0]) + a[1]) within = !within;
        }
      });
    });
    return within;
  };
})();
