SELECT shown, stage, lead_source, product_interest, is_converted FROM leads WHERE row_id = ?1
