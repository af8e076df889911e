{{ served("churn", ["customer_id", "probability", "at_stake", "reasons"]) }}
