{# From when on rows are read again by a build that adds what is new: three days before the latest that it has seen. #}
{% macro since() -%}
    (select coalesce(max(updated_at) - interval '3 days', timestamptz '-infinity') from {{ this }})
{%- endmacro %}

{# What was just written is measured, or the next model is planned as if it were empty. #}
{% macro measured() -%}
    {% if model.config.materialized != "view" -%}analyze {{ this }}{%- endif %}
{%- endmacro %}
