# One image for every Airflow service. All packages come from our lock, each checked by its hash.
FROM python:3.12.12-slim-bookworm

ENV AIRFLOW_HOME=/opt/airflow \
    PYTHONPATH=/opt/airflow/include \
    PYTHONUNBUFFERED=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    GX_ANALYTICS_ENABLED=False

WORKDIR /opt/airflow
COPY requirements-uv.lock requirements-server.lock ./
# Compiled here, because a container that may not write would compile at every start.
RUN pip install --require-hashes -r requirements-uv.lock \
    && uv pip install --system --no-cache --require-hashes --compile-bytecode -r requirements-server.lock \
    && rm requirements-uv.lock requirements-server.lock

COPY --chmod=0755 docker/with-secrets with-secrets
COPY include include
COPY expectations expectations
COPY dags dags
COPY plugins plugins
RUN python -m compileall -q include dags plugins \
    && useradd --uid 50000 --gid 0 --home-dir /opt/airflow --no-create-home airflow \
    && mkdir -p data logs run storage work \
    && chown airflow:0 . data logs run storage work \
    && chmod g=u . data logs run storage work

ENV PYTHONDONTWRITEBYTECODE=1
USER 50000:0
ENTRYPOINT ["/opt/airflow/with-secrets"]
CMD ["airflow", "version"]
