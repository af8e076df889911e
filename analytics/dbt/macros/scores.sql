{# 1 to 5 by what share of the others lies below; those who tie share a score, which NTILE would split. #}
{% macro score(column) -%}
    cast(least(5, 1 + floor(5 * percent_rank() over (partition by as_of order by {{ column }}))) as integer)
{%- endmacro %}

{# The segment of three scores: high is 4 and 5, low is 1 and 2. #}
{% macro segment(recency, frequency, monetary) -%}
    case
        when {{ recency }} >= 4 and {{ frequency }} >= 4 and {{ monetary }} >= 4 then 'VIP'
        when {{ recency }} >= 4 and {{ frequency }} <= 2 then 'New'
        when {{ recency }} <= 2 and {{ frequency }} <= 2 then 'Churn Risk'
        when {{ recency }} <= 2 and {{ frequency }} >= 4 then 'Lapsing Loyal'
        else 'Regular'
    end
{%- endmacro %}
