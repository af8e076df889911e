{{ config(description="Periods in which the stores, the categories or the parts of the day do not come to the whole.") }}

with summed as (
    select
        span,
        first_day,
        dimension,
        {{ sums_of_sales() }}
    from {{ ref("sales_trends") }}
    group by span, first_day, dimension
)

select parts.span, parts.first_day, parts.dimension
from summed as parts
inner join summed as whole
    on whole.span = parts.span and whole.first_day = parts.first_day and whole.dimension = 'total'
where
    (parts.orders, parts.units, parts.gross, parts.discount, parts.cancelled_orders, parts.cancelled, parts.returned, parts.net)
    <> (whole.orders, whole.units, whole.gross, whole.discount, whole.cancelled_orders, whole.cancelled, whole.returned, whole.net)
