SELECT shown = 1 AND is_test IS NOT 1, stage, lead_source, product_interest, is_converted FROM leads WHERE row_id = ?1
