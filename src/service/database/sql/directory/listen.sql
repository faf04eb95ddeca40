LISTEN inbound_directory;
