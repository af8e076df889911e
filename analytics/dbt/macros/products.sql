{# A view that stays where it is: what stands on it, and who may read it, stays too. It is a barrier: what its readers ask
   is asked of its rows alone, or an error could quote others. It is only made anew where its columns
   are others, which a contract of another version says. What it stands on must stay as well: tables of the shop, other
   views of this kind, ports. #}
{% materialization steady_view, adapter="postgres" -%}
    {%- set target = this.incorporate(type="view") -%}
    {{ run_hooks(pre_hooks) }}
    {%- if load_cached_relation(this) is not none -%}
        {%- set before = adapter.get_columns_in_relation(this) | map(attribute="name") | list -%}
        {%- set now = get_column_schema_from_query(sql) | map(attribute="name") | list -%}
        {%- if before != now -%}
            {{ adapter.drop_relation(target) }}
        {%- endif -%}
    {%- endif -%}
    {% call statement("main") -%}
        create or replace view {{ target }} with (security_barrier = true) as (
            {{ sql }}
        )
    {%- endcall %}
    {{ run_hooks(post_hooks) }}
    {{ adapter.commit() }}
    {{ return({"relations": [target]}) }}
{%- endmaterialization %}

{# A port as its readers see it, at its last good state; `ref` tells where its rows come from. #}
{% macro port(schema, name) -%}
    {%- do ref(schema ~ "__" ~ name) -%}
    {{ schema }}.{{ name }}
{%- endmacro %}

{# A mart as it was published before ports are made. #}
{% macro mart(name) -%}
    {%- do ref(name) -%}
    mart.{{ name }}
{%- endmacro %}
