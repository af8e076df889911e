-- Of what was ordered in a month and not cancelled, what came back by now; a month that is young will have more.
with sold as (
    select
        {{ first_day("month", "order_date") }} as order_month,
        category,
        sum(units) as units,
        sum(paid) as paid
    from {{ ref("fct_order_lines") }}
    where not is_cancelled and order_date <= {{ as_of() }}
    group by 1, 2
),

returned as (
    select
        {{ first_day("month", "order_date") }} as order_month,
        category,
        sum(units) as units,
        sum(units) filter (where kind = 'exchange') as exchanged,
        sum(refunded) as refunded
    from {{ ref("fct_returns") }}
    where is_settled and settled_date <= {{ as_of() }}
    group by 1, 2
)

select
    sold.order_month,
    sold.category,
    cast(sold.units as bigint) as units,
    cast(sold.paid as numeric(18, 2)) as paid,
    cast(coalesce(returned.units, 0) as bigint) as returned_units,
    cast(coalesce(returned.exchanged, 0) as bigint) as exchanged_units,
    cast(coalesce(returned.refunded, 0) as numeric(18, 2)) as refunded,
    cast(round(coalesce(returned.units, 0) / sold.units, 4) as numeric(20, 4)) as return_rate
from sold
left join returned on returned.order_month = sold.order_month and returned.category = sold.category
