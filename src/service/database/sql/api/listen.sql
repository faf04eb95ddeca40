SET application_name = 'inbound-leads live';
LISTEN inbound_changes;
LISTEN inbound_events
