SELECT row_id, shown, is_test, stage, lead_source, product_interest, assigned_to, team_id, temperature, utm_campaign, created_at,
       last_activity_at, next_follow_up_at, converted_at, is_converted, conversion_value, estimated_value, currency,
       first_response_at, lead_score
FROM leads
WHERE row_id BETWEEN ?1 AND ?2
