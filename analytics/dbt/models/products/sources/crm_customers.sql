-- The one model that knows who somebody is. It is read live and kept nowhere, so who is forgotten is gone from it at once.
select
    cast(customer.customer_id as integer) as id,
    cast(left(profile.first_name, 50) as varchar(50)) as first_name,
    cast(left(profile.last_name, 50) as varchar(50)) as last_name,
    cast(case when length(lookup.unhashed_email) <= 100 then lookup.unhashed_email end as varchar(100)) as email,
    cast(coalesce(customer.signed_up_on, {{ local_date("customer.first_seen_at") }}) as timestamp) as signup_date
from {{ source("shop", "customer") }} as customer
inner join {{ source("pii", "email_lookup") }} as lookup on lookup.hashed_email = customer.hashed_email
left join {{ source("pii", "profile") }} as profile on profile.hashed_email = customer.hashed_email
