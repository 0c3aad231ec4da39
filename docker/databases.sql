-- Beside the database that the image makes for Airflow.
create database register;
