with ranked as (
    select
        customer_id,
        lifetime_net,
        percent_rank() over (order by lifetime_net desc) as rank_share,
        count(*) over () as customers
    from {{ ref("int_customers_summarised") }}
    where as_of = {{ as_of() }}
)

select
    customer_id,
    lifetime_net,
    cast(rank_share as double precision) as rank_share,
    case
        when customers < 5 then null
        when rank_share < 0.20 then 'High'
        when rank_share < 0.80 then 'Medium'
        else 'Low'
    end as tier,
    {{ as_of() }} as as_of
from ranked
