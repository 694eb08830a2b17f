// Draws the charts and opens the rows. Whatever a chart shows stands in a table beside it, so the
// page is whole without this script. No words stand here: they come with the data.
(function () {
  "use strict";

  var FONT = '"Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif';
  var INK = "#1c2430";
  var SOFT = "#55606e";
  var LINE = "#d5dbe3";
  // Told apart by lightness as well as by hue: on a grey printer, and by those who see no red.
  var PARTS = ["#1b4f8a", "#e39a2d", "#8fbfe0", "#8a2f14", "#b4bbc4"];
  var SHADES = ["#eef4fa", "#b5d2ea", "#5b9bcb", "#1f66a8", "#0b2f5e"];
  // The text width of an A4 page with its margins, in CSS pixels.
  var PAPER = 700;
  // Between two charts beside each other on paper, as the style has it.
  var GAP = 20;

  var isEnglish = document.documentElement.lang === "en";

  function shown(value) {
    return value.toLocaleString("en-US");
  }

  function escaped(text) {
    return String(text).replace(/[&<>"]/g, function (it) {
      return "&#" + it.charCodeAt(0) + ";";
    });
  }

  // The shade of a count among others. Square roots, so that one large place leaves the rest visible.
  function strength(value, most) {
    return most > 0 ? Math.sqrt(value / most) : 0;
  }

  function shade(share) {
    var at = share * (SHADES.length - 1);
    var low = Math.min(Math.floor(at), SHADES.length - 2);
    function part(colour, nth) {
      return parseInt(colour.substr(1 + 2 * nth, 2), 16);
    }
    var parts = [0, 1, 2].map(function (nth) {
      var from = part(SHADES[low], nth);
      return Math.round(from + (part(SHADES[low + 1], nth) - from) * (at - low));
    });
    return "rgb(" + parts.join(",") + ")";
  }

  // Black or white, whichever is read better on it; one of them always meets 4.5 : 1.
  function onShade(share) {
    var light = shade(share).match(/\d+/g).map(function (it) {
      var part = it / 255;
      return part <= 0.03928 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    });
    return 0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2] > 0.179 ? "#000" : "#fff";
  }

  function tooltip(formatter) {
    return { confine: true, formatter: formatter, textStyle: { fontFamily: FONT, color: INK } };
  }

  // Each kind of chart: its data → what ECharts is to draw; `narrow` and `wide` by the window.
  var kinds = {
    // Rows and columns of counts.
    heat: function (data) {
      var most = Math.max.apply(null, [].concat.apply([], data.cells));
      var cells = [];
      data.cells.forEach(function (row, y) {
        row.forEach(function (value, x) {
          var share = strength(value, most);
          cells.push({
            value: [x, y, value],
            itemStyle: { color: shade(share) },
            label: { color: onShade(share) },
          });
        });
      });
      var axis = {
        type: "category",
        axisLine: { show: false },
        axisTick: { show: false },
        splitLine: { show: false },
        axisLabel: { color: INK, interval: 0, hideOverlap: false },
      };
      return {
        grid: { left: 4, right: 4, top: 4, bottom: 10 },
        tooltip: tooltip(function (it) {
          var at = it.value;
          return escaped(data.rows[at[1]] + " · " + data.columns[at[0]] + ": " + shown(at[2]) + " " + data.unit);
        }),
        xAxis: Object.assign({}, axis, { data: data.columns }),
        yAxis: Object.assign({}, axis, { data: data.rows, inverse: true }),
        series: [{
          type: "heatmap",
          data: cells,
          itemStyle: { borderColor: "#fff", borderWidth: 2 },
          emphasis: { itemStyle: { borderColor: INK } },
          label: {
            show: true,
            formatter: function (it) { return it.value[2] ? shown(it.value[2]) : ""; },
          },
        }],
        narrow: { xAxis: { axisLabel: { rotate: 50, fontSize: 11 } }, series: [{ label: { fontSize: 9 } }] },
        wide: { xAxis: { axisLabel: { rotate: 0, fontSize: 12 } }, series: [{ label: { fontSize: 12 } }] },
      };
    },

    // Places in places.
    tree: function (data, chart) {
      // What fits into a box whole: a number cut short would be another number.
      function room(it, isTitle) {
        var box = chart.getModel().getSeriesByIndex(0).getData().getItemLayout(it.dataIndex);
        return box ? [box.width, isTitle ? 20 : box.height] : [0, 0];
      }
      function width(text) {
        return Array.prototype.reduce.call(text, function (sum, it) {
          return sum + (it.charCodeAt(0) > 255 ? 12.5 : 7.5);
        }, 6);
      }
      function fitting(it) {
        var number = shown(it.value);
        var size = room(it, false);
        if (Math.max(width(it.name), width(number)) > size[0]) { return ""; }
        return size[1] >= 36 ? it.name + "\n" + number : size[1] >= 18 ? it.name : "";
      }
      function title(it) {
        var both = it.name + " " + shown(it.value);
        return [both, it.name, ""].find(function (text) { return width(text) + 8 <= room(it, true)[0]; }) || "";
      }
      var shares = [];
      (function find(nodes) {
        nodes.forEach(function (it) {
          if (it.children) { find(it.children); } else { shares.push(it.share); }
        });
      })(data.tree);
      shares.sort(function (a, b) { return a - b; });
      // Between the twentieth from below and from above, so that one odd place does not pale the rest.
      var low = shares[Math.floor(shares.length / 20)];
      var high = shares[shares.length - 1 - Math.floor(shares.length / 20)];
      function depth(share) {
        return high > low ? Math.min(Math.max((share - low) / (high - low), 0), 1) : 0.5;
      }
      function dressed(nodes) {
        return nodes.map(function (it) {
          if (it.children) {
            return { name: it.name, value: it.value, children: dressed(it.children) };
          }
          var share = depth(it.share);
          return {
            name: it.name,
            value: it.value,
            rate: it.share,
            itemStyle: { color: shade(share) },
            label: { color: onShade(share) },
          };
        });
      }
      var isDeep = data.tree.some(function (it) { return it.children; });
      return {
        tooltip: tooltip(function (it) {
          var path = it.treePathInfo.slice(1).map(function (step) { return step.name; });
          var rate = it.data && it.data.rate ? " (" + (it.data.rate / 100).toFixed(2) + "%)" : "";
          return escaped(path.join(" · ") + ": " + shown(it.value) + " " + data.unit + rate);
        }),
        series: [{
          type: "treemap",
          data: dressed(data.tree),
          left: 0, right: 0, top: 0, bottom: 0,
          roam: false,
          nodeClick: false,
          breadcrumb: { show: false },
          itemStyle: { borderColor: "#fff", borderWidth: 1, gapWidth: 1 },
          label: {
            overflow: "none",
            formatter: fitting,
          },
          upperLabel: {
            show: isDeep,
            height: 20,
            color: INK,
            backgroundColor: "#e6ebf1",
            padding: [0, 4],
            overflow: "none",
            formatter: title,
          },
          levels: isDeep ? [{ itemStyle: { borderWidth: 0, gapWidth: 2 }, upperLabel: { show: false } }] : [],
        }],
      };
    },

    // Sums day by day, the line to the target, and the windows behind them.
    curve: function (data) {
      var looks = [
        { color: PARTS[0], lineStyle: { width: 3 } },
        { color: PARTS[3], lineStyle: { width: 2, type: "dashed" } },
      ];
      var series = data.lines.map(function (line, nth) {
        return Object.assign({ type: "line", name: line.name, data: line.values, symbol: "none" }, looks[nth]);
      });
      if (data.target !== null) {
        series.push({
          type: "line",
          name: data.target_name,
          data: [[data.days[0], 0], [data.closes, data.target]],
          symbol: "none",
          color: SOFT,
          lineStyle: { width: 1.5, type: "dotted" },
        });
      }
      series[0].markArea = {
        silent: true,
        itemStyle: { color: "#eef4fa" },
        label: { show: data.windows.length > 1, color: SOFT, position: "insideTop", formatter: data.window_name },
        data: data.windows.map(function (it) {
          // A window that ends beyond the last day shown ends there.
          var last = data.days[data.days.length - 1];
          return [{ xAxis: it[0] }, { xAxis: it[1] < last ? it[1] : last }];
        }).filter(function (it) { return it[0].xAxis <= it[1].xAxis; }),
      };
      return {
        grid: { left: 4, right: 16, top: 34, bottom: 10 },
        legend: { top: 0, left: 0, icon: "rect", itemWidth: 26, itemHeight: 3, textStyle: { color: INK } },
        tooltip: Object.assign(tooltip(), {
          trigger: "axis",
          valueFormatter: function (it) { return it === undefined || it === null ? "—" : shown(it) + " " + data.unit; },
        }),
        xAxis: {
          type: "category",
          data: data.days,
          boundaryGap: false,
          axisTick: { alignWithLabel: true },
          axisLabel: { color: SOFT, hideOverlap: true, formatter: function (it) { return it.substr(5); } },
        },
        yAxis: {
          type: "value",
          min: 0,
          splitLine: { lineStyle: { color: LINE } },
          axisLabel: { color: SOFT, formatter: shown },
        },
        series: series,
      };
    },

    // One figure a night, or several; days without a night are bridged.
    nights: function (data) {
      var isFew = data.days.length <= 31;
      var series = data.lines.map(function (line, nth) {
        var shared = { name: line.name, data: line.values, color: PARTS[data.colours[nth]] };
        return Object.assign(shared, data.bars
          ? { type: "bar", barMaxWidth: 12, barGap: "10%" }
          : { type: "line", connectNulls: true, showSymbol: isFew, symbol: "circle", symbolSize: 5, lineStyle: { width: 2.5 } });
      });
      return {
        grid: { left: 4, right: 12, top: data.lines.length > 1 ? 34 : 14, bottom: 6 },
        legend: { show: data.lines.length > 1, top: 0, left: 0, icon: "rect", itemWidth: 18, itemHeight: data.bars ? 10 : 3, textStyle: { color: INK } },
        tooltip: Object.assign(tooltip(), {
          trigger: "axis",
          valueFormatter: function (it) { return it === undefined || it === null ? "—" : shown(it) + " " + data.unit; },
        }),
        xAxis: {
          type: "category",
          data: data.days,
          boundaryGap: data.bars,
          axisTick: { alignWithLabel: true },
          axisLabel: { color: SOFT, hideOverlap: true, formatter: function (it) { return it.substr(5); } },
        },
        yAxis: {
          type: "value",
          scale: !data.bars,
          minInterval: 1,
          splitNumber: 4,
          splitLine: { lineStyle: { color: LINE } },
          axisLabel: { color: SOFT, formatter: shown },
        },
        series: series,
      };
    },

    // Bars that lie, each in parts.
    stack: function (data) {
      return {
        grid: { left: 4, right: 64, top: 34, bottom: 10 },
        legend: { top: 0, left: 0, itemWidth: 14, itemHeight: 10, textStyle: { color: INK } },
        tooltip: Object.assign(tooltip(), {
          trigger: "axis",
          axisPointer: { type: "shadow" },
          valueFormatter: function (it) { return shown(it) + " " + data.unit; },
        }),
        xAxis: {
          type: "value",
          splitLine: { lineStyle: { color: LINE } },
          axisLabel: { color: SOFT, hideOverlap: true, formatter: shown },
        },
        yAxis: {
          type: "category",
          inverse: true,
          data: data.names,
          axisTick: { show: false },
          axisLine: { lineStyle: { color: SOFT } },
          axisLabel: { color: INK, interval: 0 },
        },
        series: data.parts.map(function (name, nth) {
          return {
            type: "bar",
            stack: "all",
            name: name,
            barMaxWidth: 20,
            color: PARTS[nth],
            itemStyle: { borderColor: "#fff", borderWidth: 0.5 },
            data: data.values.map(function (it) { return it[nth] / data.divide; }),
          };
        }),
      };
    },
  };

  function draw(element) {
    var data = JSON.parse(document.getElementById(element.id + "-data").textContent);
    var label = element.getAttribute("aria-label");
    var chart = echarts.init(element, null, { renderer: "svg", locale: isEnglish ? "EN" : "ZH" });
    var option = Object.assign({
      animation: false,
      textStyle: { fontFamily: FONT },
      aria: { enabled: true, label: { description: label } },
    }, kinds[element.getAttribute("data-chart")](data, chart));
    var media = [
      { query: { maxWidth: 520 }, option: option.narrow || {} },
      { option: option.wide || {} },
    ];
    delete option.narrow;
    delete option.wide;
    chart.setOption({ baseOption: option, media: media });
    return chart;
  }

  var charts = Array.prototype.map.call(document.querySelectorAll(".chart"), draw);

  // Charts that stand beside another have half the paper.
  function fit(paper) {
    charts.forEach(function (chart) {
      var isPair = chart.getDom().closest(".pair");
      chart.resize({ width: !paper ? "auto" : isPair ? (paper - GAP) / 2 : paper });
      // At once: paper does not wait for the next frame.
      chart.getZr().flush();
    });
  }

  // Charts follow the window, and take the width of the paper before it is printed.
  var waiting = 0;
  window.addEventListener("resize", function () {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(function () { fit(); });
  });

  var opened = [];
  function beforePrint() {
    fit(PAPER);
    document.querySelectorAll("details:not([open])").forEach(function (it) {
      it.open = true;
      opened.push(it);
    });
  }
  function afterPrint() {
    opened.splice(0).forEach(function (it) { it.open = false; });
    fit();
  }
  window.addEventListener("beforeprint", beforePrint);
  window.addEventListener("afterprint", afterPrint);
  window.matchMedia("print").addEventListener("change", function (it) {
    if (it.matches) { beforePrint(); } else { afterPrint(); }
  });

  document.addEventListener("click", function (event) {
    var button = event.target.closest(".opens");
    if (!button) { return; }
    var isOpen = button.getAttribute("aria-expanded") !== "true";
    button.setAttribute("aria-expanded", String(isOpen));
    document.getElementById(button.getAttribute("aria-controls")).classList.toggle("open", isOpen);
  });
})();
