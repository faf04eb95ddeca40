REVOKE ALL ON DATABASE inbound_leads FROM PUBLIC;
GRANT CONNECT ON DATABASE inbound_leads TO inbound_service, inbound_backup;
