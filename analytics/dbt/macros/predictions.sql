{# What the run says that is served: the latest of the latest day. A view over tables of the shop, so that a new run is
   seen at once, and a row is found by its key. #}
{% macro served(what, columns) -%}
select
    {% for column in columns %}
    said.{{ column }},
    {% endfor %}
    runs.model_version,
    runs.as_of,
    runs.made_at
from {{ source("raw", "prediction_" ~ what) }} as said
inner join {{ source("raw", "prediction_run") }} as runs on runs.run_id = said.run_id
where
    said.run_id = (
        select served.run_id
        from {{ source("raw", "prediction_run") }} as served
        where served.what = '{{ what }}'
        order by served.as_of desc, served.run_id desc
        limit 1
    )
{%- endmacro %}
