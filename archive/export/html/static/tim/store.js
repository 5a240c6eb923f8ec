"use strict";

/**
 * Hands over the data of the search. Pages opened from a disk may load scripts and nothing else, so each file of data is
 * a script that calls `thidua.put` with its own name.
 */
var thidua = {};

(() => {
  const folder = document.currentScript.src.replace(/[^/]*$/, "");
  const waiting = new Map(); // by name: the promise of a file, loaded once
  const arrived = new Map();

  thidua.put = (name, data) => arrived.set(name, data);

  /** Promise the data of a file. */
  thidua.get = (name) => {
    if (!waiting.has(name)) waiting.set(name, load(name));
    return waiting.get(name);
  };

  function load(name) {
    return new Promise((resolve, reject) => {
      const fail = () => {
        waiting.delete(name); // the next search may try again
        reject(new Error(`Không tải được tệp tim/${name}.js. Hãy thử lại; nếu vẫn không được, bản sao này thiếu tệp.`));
      };
      const script = document.createElement("script");
      script.src = `${folder}${name}.js`;
      script.onload = () => {
        script.remove();
        if (!arrived.has(name)) return fail();
        resolve(arrived.get(name));
        arrived.delete(name);
      };
      script.onerror = () => {
        script.remove();
        fail();
      };
      document.head.append(script);
    });
  }
})();
