# Two images from one file: `--target app` runs every `parley …` command, `--target nlu` is the Rasa server.
#
# The bases are pinned by their exact tags. A tag can be moved, a digest cannot; which digest is right for you only your
# registry knows: `docker buildx imagetools inspect python:3.11.13-slim-bookworm` shows it. Give it with
# --build-arg APP_BASE=python:3.11.13-slim-bookworm@sha256:… (compose.yaml takes APP_BASE and NLU_BASE from .env).
ARG APP_BASE=python:3.11.13-slim-bookworm
ARG NLU_BASE=python:3.10.18-slim-bookworm

FROM ${APP_BASE} AS app-build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
WORKDIR /app
COPY requirements/ requirements/
RUN pip install --no-cache-dir --require-hashes --requirement requirements/app.txt
COPY pyproject.toml config.yaml answers.yaml ./
COPY bot/ bot/
COPY domain/ domain/
COPY storage/ storage/
COPY nlu/ nlu/
COPY scheduler/ scheduler/
COPY reports/ reports/
COPY dashboards/ dashboards/
COPY charts/ charts/
COPY mail/ mail/
COPY paying/ paying/
COPY recommending/ recommending/
COPY demo/ demo/
COPY analytics/ analytics/
# pip builds the entry point with setuptools, which it fetches for the build alone
RUN pip install --no-cache-dir --no-deps --editable .

FROM ${APP_BASE} AS app
# Nothing is written outside /tmp, so the file system may be read-only
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PATH=/opt/venv/bin:$PATH
# implicit needs OpenMP at run time
RUN apt-get update && apt-get install --yes --no-install-recommends libgomp1 && rm -rf /var/lib/apt/lists/* \
    && useradd --no-create-home --home-dir /tmp --uid 10001 parley
COPY --from=app-build /opt/venv /opt/venv
COPY --from=app-build /app /app
WORKDIR /app
# Where the lake is mounted, if it is a volume: it takes its owner from here
RUN mkdir -p .parley/lake && chown -R 10001:10001 .parley
USER 10001:10001
EXPOSE 8000
ENTRYPOINT ["parley"]
CMD ["web"]

FROM ${NLU_BASE} AS nlu-build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONPATH=/app RASA_TELEMETRY_ENABLED=false TF_CPP_MIN_LOG_LEVEL=3
# Some of Rasa's pinned packages come as sources; what builds them stays in this stage
RUN apt-get update && apt-get install --yes --no-install-recommends build-essential libgomp1 \
    && rm -rf /var/lib/apt/lists/* && python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
WORKDIR /app
COPY nlu/requirements.txt nlu/requirements.txt
RUN pip install --no-cache-dir --require-hashes --requirement nlu/requirements.txt
COPY nlu/ nlu/
# The model is part of the image: replicas start alike, and a new image is a new model
RUN python -m nlu.examples examples && python -m rasa train nlu --nlu examples --config nlu/config.yml \
        --out models --fixed-model-name nlu && rm -r examples

FROM ${NLU_BASE} AS nlu
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PYTHONPATH=/app HOME=/tmp MPLCONFIGDIR=/tmp/matplotlib \
    RASA_TELEMETRY_ENABLED=false TF_CPP_MIN_LOG_LEVEL=3 PATH=/opt/venv/bin:$PATH
RUN apt-get update && apt-get install --yes --no-install-recommends libgomp1 && rm -rf /var/lib/apt/lists/* \
    && useradd --no-create-home --home-dir /tmp --uid 10001 parley
COPY --from=nlu-build /opt/venv /opt/venv
COPY --from=nlu-build /app /app
WORKDIR /app
USER 10001:10001
EXPOSE 5005
# Rasa, started again when it no longer parses; it answers only who brings PARLEY_NLU_TOKEN
CMD ["python", "-m", "nlu.supervising", "--host", "0.0.0.0", "--model", "models/nlu.tar.gz"]
