# Two images from one file: `--target app` runs every `parley …` command, `--target nlu` is the Rasa server.

FROM python:3.11-slim-bookworm AS app
ENV PYTHONUNBUFFERED=1 PIP_DISABLE_PIP_VERSION_CHECK=1
# implicit needs OpenMP at run time
RUN apt-get update && apt-get install --yes --no-install-recommends libgomp1 && rm -rf /var/lib/apt/lists/*
RUN useradd --create-home --uid 10001 parley
WORKDIR /app
COPY requirements/ requirements/
RUN pip install --no-cache-dir --require-hashes --requirement requirements/app.txt
COPY pyproject.toml config.yaml ./
COPY bot/ bot/
COPY domain/ domain/
COPY storage/ storage/
COPY nlu/ nlu/
COPY scheduler/ scheduler/
COPY reports/ reports/
COPY recommending/ recommending/
COPY demo/ demo/
# pip builds the entry point with setuptools, which it fetches for the build alone
RUN pip install --no-cache-dir --no-deps --editable . && mkdir .parley && chown parley .parley
USER parley
EXPOSE 8000
ENTRYPOINT ["parley"]
CMD ["web"]

FROM python:3.10-slim-bookworm AS nlu
ENV PYTHONUNBUFFERED=1 PYTHONPATH=/app RASA_TELEMETRY_ENABLED=false TF_CPP_MIN_LOG_LEVEL=3
# Some of Rasa's pinned packages come as sources
RUN apt-get update && apt-get install --yes --no-install-recommends build-essential libgomp1 \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --create-home --uid 10001 parley
WORKDIR /app
COPY nlu/requirements.txt nlu/requirements.txt
RUN pip install --no-cache-dir --require-hashes --requirement nlu/requirements.txt
COPY nlu/ nlu/
# The model is part of the image: replicas start alike, and a new image is a new model
RUN python -m rasa train nlu --nlu nlu/data --config nlu/config.yml --domain nlu/domain.yml \
        --out models --fixed-model-name nlu \
    && chown -R parley /app
USER parley
EXPOSE 5005
CMD ["python", "-m", "rasa", "run", "--enable-api", "--port", "5005", "--model", "models/nlu.tar.gz"]
