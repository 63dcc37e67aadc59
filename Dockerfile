# The command line and the API; Neo4j runs beside it (docker-compose.yml).
FROM python:3.11-slim AS build
WORKDIR /src
RUN python -m venv /opt/huitu
COPY requirements.lock ./
RUN /opt/huitu/bin/pip install --no-cache-dir --no-deps --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY cypher cypher
COPY graph graph
COPY extract extract
COPY api api
COPY huitu huitu
RUN /opt/huitu/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.11-slim
RUN useradd --system --uid 10001 --create-home huitu \
    && install --directory --owner=huitu --mode=0700 /var/lib/huitu
COPY --from=build /opt/huitu /opt/huitu
ENV PATH=/opt/huitu/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    HUITU_DATA_DIR=/var/lib/huitu/data \
    HUITU_CACHE_DIR=/var/lib/huitu/cache
USER huitu
WORKDIR /home/huitu
EXPOSE 8000
CMD ["huitu", "serve", "--host", "0.0.0.0", "--port", "8000"]
