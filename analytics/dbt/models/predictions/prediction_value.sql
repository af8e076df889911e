{{ served("value", ["customer_id", "expected"]) }}
