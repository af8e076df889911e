{# How much more than before, as a share; null where nothing was before to compare with. #}
{% macro change(now, before) -%}
    cast(case when {{ before }} > 0 then round(({{ now }} - {{ before }}) / {{ before }}, 4) end as numeric(20, 4))
{%- endmacro %}

{# "compared"; "new" where nothing was before and something is now; "n/a" where there is no before, or none above 0. #}
{% macro comparison(now, before) -%}
    case
        when {{ before }} > 0 then 'compared'
        when {{ before }} = 0 and {{ now }} > 0 then 'new'
        else 'n/a'
    end
{%- endmacro %}

{# The sums of what was sold, as trends have them. #}
{% macro sums_of_sales() -%}
    {%- for name in ["orders", "units", "gross", "discount", "cancelled_orders", "cancelled", "returned", "net"] %}
    sum({{ name }}) as {{ name }}{{ "," if not loop.last }}
    {%- endfor %}
{%- endmacro %}
