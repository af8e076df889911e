{{
    config(
        indexes=[
            {"columns": ["lifetime_net", "customer_id"]},
            {"columns": ["segment", "lifetime_net", "customer_id"]},
            {"columns": ["clv_tier", "lifetime_net", "customer_id"]},
        ],
    )
}}

select
    customers.customer_id,
    customers.hashed_email,
    case
        when customers.place = 'unknown' or count(*) over (partition by customers.place) >= {{ var("fewest_at_a_place") }}
            then customers.place
        else 'other'
    end as place,
    customers.loyalty <> 0 as is_loyal,
    customers.signed_up_on,
    customers.first_seen_on,
    churn.first_order_date,
    churn.last_order_date,
    coalesce(churn.orders, 0) as orders,
    coalesce(churn.order_days, 0) as order_days,
    cast(coalesce(clv.lifetime_net, 0) as numeric(18, 2)) as lifetime_net,
    case when churn.customer_id is null then 'Prospect' else clv.tier end as clv_tier,
    coalesce(rfm.segment, 'Prospect') as segment,
    rfm.recency_score,
    rfm.frequency_score,
    rfm.monetary_score,
    churn.days_since_order,
    churn.usual_gap_days,
    churn.spend_change,
    coalesce(churn.at_risk, false) as at_risk,
    coalesce(churn.late_for_them, false) as late_for_them,
    {{ as_of() }} as as_of
from {{ ref("stg_shop__customers") }} as customers
left join {{ ref("churn_indicators") }} as churn on churn.customer_id = customers.customer_id
left join {{ ref("clv_tiers") }} as clv on clv.customer_id = customers.customer_id
left join {{ ref("rfm_segments") }} as rfm on rfm.customer_id = customers.customer_id
