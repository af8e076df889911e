{# A moment as the shop's clock shows it, without a zone. #}
{% macro local(moment) -%}
    ({{ moment }} at time zone '{{ var("time_zone") }}')
{%- endmacro %}

{# The day of a moment by the shop's clock. #}
{% macro local_date(moment) -%}
    cast({{ local(moment) }} as date)
{%- endmacro %}

{# The last day that counts. #}
{% macro as_of() -%}
    {% if var("as_of") -%}
        cast('{{ var("as_of") }}' as date)
    {%- else -%}
        ({{ local_date("current_timestamp") }} - 1)
    {%- endif %}
{%- endmacro %}

{# The part of the day that an hour is in. #}
{% macro daypart(hour) -%}
    case
        when {{ hour }} >= 6 and {{ hour }} < 11 then 'morning'
        when {{ hour }} >= 11 and {{ hour }} < 14 then 'noon'
        when {{ hour }} >= 14 and {{ hour }} < 17 then 'afternoon'
        when {{ hour }} >= 17 and {{ hour }} < 22 then 'evening'
        else 'night'
    end
{%- endmacro %}

{# The first day of the ISO week or the month that a day is in; a day itself. #}
{% macro first_day(span, day) -%}
    cast(date_trunc('{{ span }}', {{ day }}) as date)
{%- endmacro %}

{# The last day of the period that begins on a day. #}
{% macro last_day(span, day) -%}
    cast({{ day }} + interval '1 {{ span }}' - interval '1 day' as date)
{%- endmacro %}
