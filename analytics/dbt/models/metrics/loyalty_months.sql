select
    {{ first_day("month", "order_date") }} as first_day,
    case when is_loyal then 'members' else 'others' end as side,
    count(*) as orders,
    cast(sum(net) as numeric(18, 2)) as net,
    cast(round(sum(net) / count(*), 2) as numeric(18, 2)) as average_order
from {{ ref("fct_orders") }}
where
    not is_cancelled
    and order_date <= {{ as_of() }}
group by 1, 2
