{# Schemas are called what they are called, without the target's name before them. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {%- set schema = custom_schema_name if custom_schema_name is not none else target.schema -%}
    {#- What is added to stays where it is; what is made anew is published when all of it holds. -#}
    {{ var("publish_from") if schema == "mart" and node.config.materialized != "incremental" else schema }}
{%- endmacro %}
