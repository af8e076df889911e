{# From when on rows are read again by a build that adds what is new: three days before the build before it began, or
   before the latest that it has seen, which a plan cannot know and so reads all. #}
{% macro since() -%}
    {% if var("since") -%}
        timestamptz '{{ var("since") }}'
    {%- else -%}
        (select coalesce(max(updated_at) - interval '3 days', timestamptz '-infinity') from {{ this }})
    {%- endif %}
{%- endmacro %}

{# What was just written is measured, or the next model is planned as if it were empty. #}
{% macro measured() -%}
    {% if model.config.materialized != "view" -%}analyze {{ this }}{%- endif %}
{%- endmacro %}
