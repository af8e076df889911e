{% set spans = ["day", "week", "month"] %}

with counted as (
    select * from {{ ref("sales_days") }} where sales_date <= {{ as_of() }}
),

-- Once by day for each member; weeks and months are made of these.
parts as (
    {% for dimension in ["total", "store_id", "category", "daypart"] %}
    select
        sales_date,
        '{{ dimension | replace("_id", "") }}' as dimension,
        {{ "'all'" if dimension == "total" else dimension }} as member,
        {{ sums_of_sales() }}
    from counted
    group by 1, 2, 3
    {{ "union all" if not loop.last }}
    {% endfor %}
),

members as (
    select distinct dimension, member from parts
),

-- Every period from the first order on, so that an empty one is a row of zeros.
periods as (
    {% for span in spans %}
    select
        '{{ span }}' as span,
        cast(began as date) as first_day,
        {{ last_day(span, "began") }} as last_day
    from (select min(sales_date) as first_date from counted) as bounds
    cross join lateral generate_series(
        date_trunc('{{ span }}', bounds.first_date), date_trunc('{{ span }}', {{ as_of() }}), interval '1 {{ span }}'
    ) as began
    {{ "union all" if not loop.last }}
    {% endfor %}
),

summed as (
    {% for span in spans %}
    select
        '{{ span }}' as span,
        {{ first_day(span, "sales_date") }} as first_day,
        dimension,
        member,
        {{ sums_of_sales() }}
    from parts
    group by 2, 3, 4
    {{ "union all" if not loop.last }}
    {% endfor %}
),

filled as (
    select
        periods.span,
        periods.first_day,
        periods.last_day,
        periods.last_day <= {{ as_of() }} as is_complete,
        members.dimension,
        members.member,
        coalesce(summed.orders, 0) as orders,
        coalesce(summed.units, 0) as units,
        coalesce(summed.gross, 0) as gross,
        coalesce(summed.discount, 0) as discount,
        coalesce(summed.cancelled_orders, 0) as cancelled_orders,
        coalesce(summed.cancelled, 0) as cancelled,
        coalesce(summed.returned, 0) as returned,
        coalesce(summed.net, 0) as net
    from periods
    cross join members
    left join summed
        on
            summed.span = periods.span
            and summed.first_day = periods.first_day
            and summed.dimension = members.dimension
            and summed.member = members.member
),

compared as (
    select
        *,
        case
            when is_complete
                then lag(net) over (partition by span, dimension, member order by first_day)
        end as net_before
    from filled
)

select
    span,
    first_day,
    last_day,
    is_complete,
    dimension,
    member,
    cast(orders as bigint) as orders,
    cast(units as bigint) as units,
    cast(gross as numeric(18, 2)) as gross,
    cast(discount as numeric(18, 2)) as discount,
    cast(cancelled_orders as bigint) as cancelled_orders,
    cast(cancelled as numeric(18, 2)) as cancelled,
    cast(returned as numeric(18, 2)) as returned,
    cast(net as numeric(18, 2)) as net,
    cast(net_before as numeric(18, 2)) as net_before,
    {{ change("net", "net_before") }} as net_change,
    {{ comparison("net", "net_before") }} as comparison
from compared
