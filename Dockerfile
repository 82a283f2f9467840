# How to run it stands in docs/running.md. Where there is no builder deploy/image-check.sh runs these lines itself:
# one line each, nothing but FROM, RUN, WORKDIR, COPY, ENV, EXPOSE, USER, HEALTHCHECK and CMD.
FROM debian:12.15-slim AS build
RUN apt-get update -q && apt-get install -yq --no-install-recommends python3-venv
WORKDIR /src
COPY Makefile README.md pyproject.toml uv.lock ./
COPY assistant assistant
COPY content content
COPY static static
COPY templates templates
COPY translations translations
COPY deploy deploy
RUN deploy/build.sh

FROM debian:12.15-slim
RUN apt-get update -q && apt-get upgrade -yq && apt-get install -yq --no-install-recommends python3 && rm -rf /var/lib/apt/lists/*
COPY --from=build /opt/madoguchi /opt/madoguchi
COPY --from=build /srv/madoguchi /srv/madoguchi
ENV MADOGUCHI_STORE=/srv/madoguchi/store
ENV MADOGUCHI_BIND=0.0.0.0:8000
EXPOSE 8000
USER 10001:10001
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s CMD ["/opt/madoguchi/bin/python", "/opt/madoguchi/healthcheck.py"]
CMD ["/opt/madoguchi/bin/gunicorn", "-c", "/opt/madoguchi/gunicorn.conf.py", "assistant:create_app()"]
