LISTEN inbound_directory;
LISTEN inbound_changes;
