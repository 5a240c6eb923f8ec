
// This page stands in for a missing one in any folder: the site begins above its own folders.
document.getElementById("ve").href = location.pathname.replace(/(bai|thang|muc|tim)\/[^/]*$|[^/]*$/, "") + "index.html";
