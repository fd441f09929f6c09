# syntax=docker/dockerfile:1
# One image for both programs. Web is the default command; see the end for the others.

FROM python:3.11.14-slim-bookworm AS installed
ENV PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /portal/.venv
WORKDIR /portal
COPY requirements.lock ./
RUN .venv/bin/pip install --require-hashes --only-binary :all: -r requirements.lock

FROM python:3.11.14-slim-bookworm
ENV PATH=/portal/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PORTAL_MODE=production \
    PORTAL_HOST=0.0.0.0 \
    PORTAL_PORT=8000 \
    PORTAL_LOG_FORMAT=json \
    PORTAL_VAR_FOLDER=/portal/var
WORKDIR /portal
RUN groupadd --gid 10001 portal \
    && useradd --uid 10001 --gid portal --no-create-home --shell /usr/sbin/nologin portal \
    && install -d -o portal -g portal -m 0700 /portal/var
COPY --from=installed /portal/.venv .venv
COPY alembic.ini ./
COPY migrations migrations
COPY locale locale
COPY static static
COPY templates templates
COPY app app
RUN python -m compileall -q app

USER 10001:10001
VOLUME /portal/var
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
    CMD ["python", "-m", "app.launch.probe"]

# web:      docker run … IMAGE
# worker:   docker run --no-healthcheck … IMAGE python -m app.worker
# migrate:  docker run --no-healthcheck … IMAGE python -m app.launch migrate
CMD ["python", "-m", "app.main"]
