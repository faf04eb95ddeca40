CREATE DATABASE inbound_leads OWNER inbound_owner ENCODING 'UTF8' TEMPLATE template0;
