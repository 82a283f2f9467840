"""Ask the site in this container whether it is ready; exit 1 when it is not."""

import os
from http.client import HTTPConnection

port = int(os.environ["MADOGUCHI_BIND"].rpartition(":")[2])
host = os.environ.get("MADOGUCHI_HOSTS", "").split(",")[0].strip().lstrip(".")  # it answers to these names only
site = HTTPConnection("127.0.0.1", port, timeout=4)
site.request("GET", "/health/ready", headers={"Host": host or "localhost"})
raise SystemExit(int(site.getresponse().status != 200))
